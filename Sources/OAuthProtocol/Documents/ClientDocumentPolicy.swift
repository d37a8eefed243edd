import OAuthModel
package import RuntimeConfig
import WebSyntax

/// What a client metadata document may say.
package struct ClientDocumentPolicy: Sendable {
    /// Judges redirects beyond the document's own origin.
    package let registration: RegistrationPolicy
    /// Hosts that documents may come from; nil for any.
    package let documentHosts: Set<String>?
    /// True when a client that can sign must sign.
    package let requiresAssertion: Bool

    /// The most bytes of a document, after decoding.
    package static let longest = 5_120

    package init(
        registration: RegistrationPolicy, documentHosts: Set<String>? = nil, requiresAssertion: Bool = false
    ) {
        self.registration = registration
        self.documentHosts = documentHosts
        self.requiresAssertion = requiresAssertion
    }

    package init(_ config: RuntimeConfig, registration: RegistrationPolicy) {
        let hosts = config.clientDocuments.hosts
        self.init(
            registration: registration, documentHosts: hosts.isEmpty ? nil : Set(hosts.map(\.asciiLowercased)),
            requiresAssertion: config.clientDocuments.assertions == .required)
    }

    /// True when a document may be fetched from there.
    package func admits(_ url: ClientDocumentURL) -> Bool {
        documentHosts.map { $0.contains(url.host.asciiLowercased) } ?? true
    }
}
