package import OAuthModel

/// Names of the shared vocabulary within the config.
extension RuntimeConfig {
    package typealias Mode = ServerMode
    package typealias Lane = RegistrationMethod
    package typealias DynamicRegistration = OAuthModel.DynamicRegistration
    package typealias DocumentKind = OAuthModel.DocumentKind
    package typealias EndpointName = OAuthModel.EndpointName
    package typealias ClientStatus = OAuthModel.ClientStatus
    package typealias AuthMethod = AuthenticationMethod
    package typealias TokenFormat = OAuthModel.TokenFormat
    package typealias Provider = IdentityProvider
    package typealias Assertions = ClientAssertions
    package typealias AssertionAudience = OAuthModel.AssertionAudience
    package typealias PasswordChange = OAuthModel.PasswordChange
    package typealias Rate = OAuthModel.Rate
    package typealias Secret = SecretReference
}
