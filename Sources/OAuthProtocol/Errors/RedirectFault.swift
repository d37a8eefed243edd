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
    case foreignHost
    /// A private-use scheme of a client that is no native one.
    case notNative
    /// A private-use scheme that is not on the deployment's list.
    case unlistedScheme
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
            .unregistered, .notNative, .tooMany, .wildcard:
            false
        }
    }
}
