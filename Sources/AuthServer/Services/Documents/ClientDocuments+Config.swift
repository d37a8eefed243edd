import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

extension ClientDocuments {
    /// The documents of a deployment; nil when the config has no such registration method.
    init?(
        _ config: RuntimeConfig, policy: AuthorizationPolicy, fetcher: any DocumentFetcher, store: any DocumentStore,
        clock: Clock = .system,
        report: @escaping @Sendable (_ url: String, _ failure: DocumentFailure) -> Void = { _, _ in }
    ) {
        guard config.registrationMethods.contains(.cimd) else { return nil }
        let documents = ClientDocumentPolicy(config, registration: RegistrationPolicy(config, policy: policy))
        self.init(policy: documents, fetcher: fetcher, store: store, clock: clock, report: report)
    }
}
