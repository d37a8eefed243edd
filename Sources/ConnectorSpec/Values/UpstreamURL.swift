/// Where nginx sends requests to: `http://host:port`, `https://host[:port]` or `unix:/path`; no path behind it.
package struct UpstreamURL: SpecValue {
    package static let noun = "an upstream address"

    package enum Address: Hashable, Sendable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    package let text: String
    package let isTLS: Bool
    package let address: Address

    package init(parsing text: String) throws(InvalidValue) {
        throw InvalidValue("is not parsed yet", expected: "a parser")
    }
}
