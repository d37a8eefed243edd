import OAuthProtocol
import OAuthStores
import RuntimeConfig

extension ClientDocuments {
    /// The documents of a deployment; nil when the config has no such lane.
    init?(
        _ config: RuntimeConfig, policy: AuthorizationPolicy, fetcher: any DocumentFetcher, store: any OAuthStore,
        clock: Clock = .system,
        report: @escaping @Sendable (_ url: String, _ failure: DocumentFailure) -> Void = { _, _ in }
    ) {
        guard config.lanes.contains(.cimd) else { return nil }
        let settings = config.clientDocuments
        let documents = ClientDocumentPolicy(
            registration: RegistrationPolicy(config, policy: policy),
            documentHosts: settings.hosts.isEmpty ? nil : Set(settings.hosts.map { $0.lowercased() }),
            requiresAssertion: settings.assertions == .required)
        self.init(policy: documents, fetcher: fetcher, store: store, clock: clock, report: report)
    }
}
