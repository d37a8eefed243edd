import OAuthModel
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// A registration becomes metadata that keep the policy and come back from the store as they went, or it is refused.
func fuzz(_ bytes: [UInt8]) {
    guard let metadata = try? ClientMetadata(registration: bytes, policy: Policies.registration) else { return }
    precondition(ClientMetadata(stored: metadata.storedText) == metadata, "stored and read back, it differs")
    precondition(Policies.registration.authMethods.contains(metadata.authMethod), "a method that is not spoken")
    precondition((1...RegistrationPolicy.mostRedirects).contains(metadata.redirectURIs.count), "no redirects")
    for text in metadata.redirectURIs {
        let redirect = try? RedirectURI(text)
        precondition(redirect != nil, "no redirect: \(text)")
        if let redirect {
            precondition((try? Policies.registration.check(redirect)) != nil, "a redirect that is refused: \(text)")
        }
    }
    if let name = metadata.name {
        precondition(name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "a control in the name")
        precondition(name.count <= 256, "a name that is too long")
    }
}
