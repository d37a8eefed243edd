package import WebSyntax

/// Why a redirect URI is refused.
package enum RedirectFault: Error, Hashable, Sendable {
    /// None was sent and the client has not exactly one.
    case missing(registered: Int)
    case malformed(AbsoluteURI.Fault)
    /// A scheme that runs code or reads files.
    case forbiddenScheme
    case userinfo
    case fragment
    case dotSegments
    case missingHost
    /// `http` to something that is not this machine.
    case plainHTTP
    case unregistered
    /// A host that is not trusted.
    case foreignHost(String)
    /// Registered under another policy, for a host or an application that the one of today does not take.
    case withdrawn(String)
    /// A private-use scheme of a client that is no native one.
    case notNative
    /// A private-use redirect of an application that is not on the deployment's list.
    case unlistedScheme(String)
    /// `application_type` does not go with it.
    case otherApplicationType
    case tooMany(limit: Int)
    /// A wildcard or a placeholder.
    case wildcard

    /// True for what another deployment might admit; false for what no honest client sends.
    package var isOfPolicy: Bool {
        switch self {
        case .foreignHost, .unlistedScheme, .otherApplicationType: true
        case .missing, .malformed, .forbiddenScheme, .userinfo, .fragment, .dotSegments, .missingHost, .plainHTTP,
            .unregistered, .withdrawn, .notNative, .tooMany, .wildcard:
            false
        }
    }

    /// The host, or the application, that is refused; nil where something else is wrong.
    package var host: String? {
        switch self {
        case .foreignHost(let host), .unlistedScheme(let host), .withdrawn(let host): host
        default: nil
        }
    }
}
