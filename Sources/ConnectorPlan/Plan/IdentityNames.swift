import ConnectorSpec
import RuntimeConfig
import WebSyntax

/// By which request headers an application learns whose token it was that the edge verified.
package struct IdentityNames: Hashable, Sendable {
    package var subject = VerificationContract.subject
    package var issuer = VerificationContract.issuer
    package var client = VerificationContract.client
    package var scopes = VerificationContract.scopes

    package static let standard = IdentityNames()

    private init() {}

    init(_ section: IdentityHeadersSection?) {
        self.init()
        if let name = section?.subject { subject = name.value.text }
        if let name = section?.issuer { issuer = name.value.text }
        if let name = section?.client { client = name.value.text }
        if let name = section?.scopes { scopes = name.value.text }
    }
}
