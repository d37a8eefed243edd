/// What becomes known of a transfer while libcurl performs it.
final class Progress {
    enum Phase {
        /// Every address of the host is judged and none connected to.
        case survey
        case fetch
    }

    var phase: Phase
    private(set) var answer: AnswerReader
    /// What we found ourselves; libcurl then knows only that we broke off.
    private(set) var failure: HTTPClientError?
    /// True when the survey found an address, and none that is refused.
    private(set) var hasAddress = false
    private let addresses: AddressPolicy

    init(_ policy: HTTPClientPolicy) {
        addresses = policy.addresses
        // Where every address will do, there is nothing to look for.
        phase = policy.addresses == .any ? .fetch : .survey
        answer = AnswerReader(longestHead: policy.longestHead, longestBody: policy.longestBody)
    }

    /// Judges an address before it is connected to, or a request is sent there; nil is one of a family that we do not
    /// know.
    func admits(_ address: IPAddress?) -> Bool {
        guard let address, addresses.admits(address) else {
            failure = .refusedAddress
            return false
        }
        hasAddress = true
        return phase == .fetch
    }

    /// Takes a line of a head or a piece of the body; false when it is one too many.
    func take(_ bytes: [UInt8], isHead: Bool) -> Bool {
        do throws(HTTPClientError) {
            try isHead ? answer.readHead(bytes) : answer.readBody(bytes)
            return true
        } catch {
            failure = error
            return false
        }
    }
}
