import ContentDigest
import Cryptography
import JSONSyntax
import OAuthProtocol
import OAuthStores

/// The signing keys as they were at one moment. A value: whoever signs has one of his own, and waits for nobody.
struct KeyRing: Sendable {
    /// A key of the public set.
    struct Member: Sendable {
        let stored: SigningKey
        let jwk: JWK
        /// Nil when its seal could not be opened.
        let privateKey: (any JWSPrivateKey)?
    }

    /// One for each algorithm in use.
    let schedules: [KeySchedule]
    /// The public set.
    let members: [Member]
    /// The set as it is served (RFC 7517 §5).
    let document: MetadataCatalogue.Document
    /// The first parts of the access tokens that the keys of the set sign.
    private let headers: Set<String>

    static let empty = KeyRing([], members: [])

    private init(_ schedules: [KeySchedule], members: [Member]) {
        self.schedules = schedules
        self.members = members
        headers = Set(
            members.filter { $0.jwk.algorithm == AccessTokenSignature.algorithm }.map {
                JWS.header(
                    type: AccessTokenSignature.type, keyID: $0.stored.id, algorithm: AccessTokenSignature.algorithm)
            })
        let body = JWKSet(members.map(\.jwk)).json.encoded(.compact)
        document = MetadataCatalogue.Document(
            body: body, etag: "\"\(SHA256.hex(body).prefix(32))\"")
    }

    /// Opens what is published. A key that was open in the ring before is not opened again.
    init(
        _ schedules: [KeySchedule], at now: UnixTime, seal: AEADKey, before: KeyRing
    ) throws(CryptographyError) {
        let open = Dictionary(before.members.map { ($0.stored.id, $0) }, uniquingKeysWith: { first, _ in first })
        var members: [Member] = []
        for stored in schedules.flatMap({ $0.published(at: now).suffix($0.policy.limit) }) {
            if let member = try Self.member(stored, seal: seal, known: open[stored.id]) { members.append(member) }
        }
        self.init(schedules, members: members)
    }

    private static func member(
        _ stored: SigningKey, seal: AEADKey, known: Member?
    ) throws(CryptographyError) -> Member? {
        if let known, known.stored.sealedPrivateKey == stored.sealedPrivateKey {
            return Member(stored: stored, jwk: known.jwk, privateKey: known.privateKey)
        }
        if let key = try SealedKey.open(stored, seal: seal) {
            return Member(stored: stored, jwk: JWK(key.publicHalf, id: stored.id), privateKey: key)
        }
        // What it signed is still good, as long as the store can tell what it is.
        guard let json = try? JSON.parse(Array(stored.publicKey.utf8)), let jwk = try? JWK.parse(json),
            jwk.id == stored.id
        else { return nil }
        return Member(stored: stored, jwk: jwk, privateKey: nil)
    }

    var isEmpty: Bool { members.isEmpty }

    /// All keys of the algorithms in use, oldest first for each.
    var keys: [SigningKey] { schedules.flatMap(\.keys) }

    /// The key that signs now with an algorithm, and its id; nil when there is none that can.
    func signer(
        at now: UnixTime, _ algorithm: JWSAlgorithm = AccessTokenSignature.algorithm
    ) -> (id: String, key: any JWSPrivateKey)? {
        guard let id = schedules.first(where: { $0.algorithm == algorithm })?.signer(at: now)?.id,
            let key = members.first(where: { $0.stored.id == id })?.privateKey
        else { return nil }
        return (id, key)
    }

    /// True for the first part of an access token that a key of the set signs, byte for byte.
    func signs(header: Substring) -> Bool { headers.contains(String(header)) }

    /// The length of such a first part; all ids are equally long.
    var headerLength: Int? { headers.first?.utf8.count }
}
