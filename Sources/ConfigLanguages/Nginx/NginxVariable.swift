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

    package static let binaryRemoteAddress = NginxVariable("binary_remote_addr")
    package static let remoteAddress = NginxVariable("remote_addr")
    package static let requestMethod = NginxVariable("request_method")
    package static let origin = NginxVariable("http_origin")
}
