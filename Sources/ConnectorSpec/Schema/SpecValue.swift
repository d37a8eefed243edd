import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

/// How values of one type are read, and what the reference page and the JSON Schema say of them.
struct SpecValue<Value>: Sendable {
    let kind: ValueKind
    /// Nil when the value is wrong, and then the decoder has reported why.
    let read: @Sendable (inout SpecDecoder, SpecPlace) -> Value?
}

extension SpecValue {
    /// A scalar of a grammar.
    static func text<Text: TextValue>(_ scalar: ScalarKind) -> SpecValue where Value == Located<Text> {
        SpecValue(kind: .text(scalar)) { decoder, place in
            decoder.parse(place.node, at: place.path, as: Text.self)
        }
    }

    /// One word of a closed set.
    static func choice<Word: CaseIterable & RawRepresentable<String> & Sendable>(_: Word.Type) -> SpecValue
    where Value == Located<Word> {
        SpecValue(kind: .choice(Word.allCases.map(\.rawValue))) { decoder, place in
            decoder.choose(place.node, at: place.path, as: Word.self)
        }
    }

    /// The items of a list that can be read; nil where no list stands.
    static func list<Item>(_ item: SpecValue<Item>) -> SpecValue where Value == [Item] {
        SpecValue(kind: .list(item.kind)) { decoder, place in decoder.items(at: place, read: item.read) }
    }

    /// A mapping of known keys.
    static func section(_ keys: SectionKeys<Value>) -> SpecValue {
        SpecValue(kind: .section(keys.table)) { decoder, place in
            decoder.open(place, as: keys.table).flatMap { keys.read(&decoder, $0) }
        }
    }
}

extension SpecValue<Located<Bool>> {
    static var boolean: Self {
        Self(kind: .boolean) { decoder, place in decoder.boolean(of: place.node, at: place.path) }
    }
}

extension SpecValue<Located<String>> {
    /// Text on one line, kept as it is.
    static var plain: Self {
        Self(kind: .text(.plain)) { decoder, place in decoder.text(of: place.node, at: place.path) }
    }
}

extension SpecValue<[(name: Located<String>, value: Located<String>)]> {
    /// A mapping of names to texts, in the order written.
    static var pairs: Self {
        Self(kind: .map(keys: .plain, values: .text(.plain))) { decoder, place in
            decoder.entries(at: place, expected: "a mapping")?.compactMap { item in
                decoder.text(of: item.node, at: item.path).map {
                    (name: Located(item.name, at: item.keySpan), value: $0)
                }
            }
        }
    }
}

// MARK: scalars of the key table, each with the type that reads it

extension SpecValue<Located<Name>> { static var name: Self { .text(.name) } }
extension SpecValue<Located<PublicURL>> { static var publicURL: Self { .text(.publicURL) } }
extension SpecValue<Located<AdminURL>> { static var adminURL: Self { .text(.adminURL) } }
extension SpecValue<Located<RealmName>> { static var realmName: Self { .text(.realmName) } }
extension SpecValue<Located<IssuerURL>> { static var issuerURL: Self { .text(.issuerURL) } }
extension SpecValue<Located<ClientID>> { static var clientID: Self { .text(.clientID) } }
extension SpecValue<Located<UpstreamURL>> { static var upstreamURL: Self { .text(.upstreamURL) } }
extension SpecValue<Located<ListenAddress>> { static var listenAddress: Self { .text(.listenAddress) } }
extension SpecValue<Located<AddressRange>> { static var addressRange: Self { .text(.addressRange) } }
extension SpecValue<Located<ResolverAddress>> { static var resolverAddress: Self { .text(.resolverAddress) } }
extension SpecValue<Located<HeaderName>> { static var headerName: Self { .text(.headerName) } }
extension SpecValue<Located<ScopeToken>> { static var scope: Self { .text(.scope) } }
extension SpecValue<Located<RoutePath>> { static var path: Self { .text(.path) } }
extension SpecValue<Located<HostName>> { static var host: Self { .text(.host) } }
extension SpecValue<Located<HostPattern>> { static var hostPattern: Self { .text(.hostPattern) } }
extension SpecValue<Located<WebOrigin>> { static var origin: Self { .text(.origin) } }
extension SpecValue<Located<CalendarDate>> { static var date: Self { .text(.date) } }
extension SpecValue<Located<CanonicalRedirectURI>> { static var redirectURI: Self { .text(.redirectURI) } }
extension SpecValue<Located<TimeSpan>> { static var timeSpan: Self { .text(.timeSpan) } }
extension SpecValue<Located<ByteSize>> { static var byteSize: Self { .text(.byteSize) } }
extension SpecValue<Located<RateLimit>> { static var rateLimit: Self { .text(.rateLimit) } }
extension SpecValue<Located<Quota>> { static var quota: Self { .text(.quota) } }
extension SpecValue<Located<Count>> { static var count: Self { .text(.count) } }
extension SpecValue<Located<ProofText>> { static var proofText: Self { .text(.proofText) } }
extension SpecValue<Located<TokenPrefix>> { static var tokenPrefix: Self { .text(.tokenPrefix) } }
extension SpecValue<Located<IdentityHeaderName>> { static var identityHeaderName: Self { .text(.identityHeaderName) } }
extension SpecValue<Located<SoftwareVersion>> { static var softwareVersion: Self { .text(.softwareVersion) } }
extension SpecValue<Located<OutputFileName>> { static var fileName: Self { .text(.fileName) } }
extension SpecValue<Located<FilePath>> { static var filePath: Self { .text(.filePath) } }
extension SpecValue<Located<IncludeFolder>> { static var includeFolder: Self { .text(.includeFolder) } }
extension SpecValue<Located<EnvironmentName>> { static var environmentName: Self { .text(.environmentName) } }
