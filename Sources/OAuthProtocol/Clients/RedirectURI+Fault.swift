import WebSyntax

extension RedirectURI {
    /// The redirect URI that a client sent or registered, its fault told among the others that a redirect can have.
    package init(checking text: String) throws(RedirectFault) {
        do throws(Fault) { try self.init(text) } catch { throw RedirectFault(error) }
    }
}

extension RedirectFault {
    /// Logs name the fault itself, beside those of policy.
    fileprivate init(_ fault: RedirectURI.Fault) {
        self =
            switch fault {
            case .malformed(let fault): .malformed(fault)
            case .forbiddenScheme: .forbiddenScheme
            case .userinfo: .userinfo
            case .fragment: .fragment
            case .dotSegments: .dotSegments
            case .missingHost: .missingHost
            case .plainHTTP: .plainHTTP
            }
    }
}
