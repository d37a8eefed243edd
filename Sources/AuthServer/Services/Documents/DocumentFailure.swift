import HTTPClient
import OAuthProtocol

/// Why there is no document. For the log; ``rejection(of:for:)`` is what the client is told.
enum DocumentFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// A host that documents are not taken from: nothing was fetched.
    case foreignHost
    case fetch(HTTPClientError)
    /// Neither 200 nor a 304 to what we have.
    case status(Int)
    case invalid(Rejection.MetadataFault)
    case invalidKeys
    /// Too many documents were fetched lately.
    case limited(retryAfter: Int)
    /// More documents are on their way, or more requests wait for them, than there is room for.
    case crowded

    var description: String {
        switch self {
        case .foreignHost: "the host is not one that documents are taken from"
        case .fetch(let error): error.description
        case .status(let status): "the host answered with status \(status)"
        case .invalid(let fault): "the document is not valid here: \(fault)"
        case .invalidKeys: "the key set is not valid"
        case .limited: "too many documents were fetched within a minute"
        case .crowded: "too many requests wait for documents"
        }
    }

    /// True where it was not tried at all, because of a limit of ours.
    var isOurLimit: Bool {
        switch self {
        case .limited, .crowded, .fetch(.overloaded): true
        case .foreignHost, .fetch, .status, .invalid, .invalidKeys: false
        }
    }

    /// True where the host did not bring a document, and is not asked again at once.
    var isOfHost: Bool {
        switch self {
        case .fetch(.overloaded), .fetch(.cancelled), .fetch(.closed), .fetch(.noResources): false
        case .fetch, .status: true
        case .foreignHost, .invalid, .invalidKeys, .limited, .crowded: false
        }
    }

    /// A person who authorizes is told that the client is not known. A program at the token endpoint never is, because
    /// clients forget their tokens upon that; it may come again.
    func rejection(of clientID: String, for purpose: ClientDocuments.Purpose) -> Rejection {
        switch (self, purpose) {
        case (.foreignHost, .authorization): .unknownClient(id: clientID)
        case (.foreignHost, .token): .client(.unknown(id: clientID), basic: false)
        // The only thing at fault is what the policy of today says of its redirects.
        case (.invalid(.redirect(let fault)), .token) where fault.isOfPolicy:
            .client(.excluded(host: fault.host ?? clientID), basic: false)
        case (.limited(let seconds), .authorization): .rateLimited(retryAfter: seconds)
        case (.limited(let seconds), .token): .unavailable(.clientDocument, retryAfter: seconds)
        case (.crowded, _), (.fetch(.overloaded), _):
            .unavailable(.clientDocument, retryAfter: DocumentLimits.crowdPause)
        case (.invalid(let fault), .authorization): .clientDocument(fault)
        case (.fetch, .authorization), (.status, .authorization), (.invalidKeys, .authorization):
            .clientDocument(.unreachable)
        case (_, .token): .unavailable(.clientDocument, retryAfter: DocumentLimits.failurePause)
        }
    }
}
