/// A variable of nginx or of our own configuration. Its name is a literal of our code, never data.
package struct NginxVariable: Hashable, Sendable {
    package let name: String

    package init(_ name: StaticString) {
        self.name = name.description
    }

    /// One of a family of our own, told apart by `suffix`: letters, digits and underscores.
    package init(_ family: StaticString, suffix: String) throws(Unrepresentable) {
        guard !suffix.isEmpty, suffix.utf8.allSatisfy(NginxLanguage.isNameByte) else {
            throw NginxLanguage.unrepresentable("a variable's name with other than letters, digits and underscores")
        }
        name = "\(family)_\(suffix)"
    }

    /// A header of an upstream's answer, `$upstream_http_x_name`. The header's name is a constant of our code.
    package init(answerHeader header: String) {
        precondition(Self.isHeaderName(header), "a header's name has letters, digits and hyphens")
        let hyphen = UInt8(ascii: "-")
        let word = header.utf8.map { $0 == hyphen ? UInt8(ascii: "_") : (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        name = "upstream_http_" + String(decoding: word, as: UTF8.self)
    }

    static func isHeaderName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            }
    }

    package static let binaryRemoteAddress = NginxVariable("binary_remote_addr")
    package static let remoteAddress = NginxVariable("remote_addr")
    package static let requestMethod = NginxVariable("request_method")
    /// `?` where the request has a query, and the query.
    package static let isArguments = NginxVariable("is_args")
    package static let arguments = NginxVariable("args")
    package static let origin = NginxVariable("http_origin")
}
