/// Every rule on two plans, in the order in which their facts are told.
enum ChangeRuleRegistry {
    static let all: [any ChangeRule] = [
        NameChange(), IssuerURLChange(), IssuerModeChange(), EndpointChange(), LegacyAliasChange(),
        ConnectorChange(), ResourceChange(), AliasChange(), AdvertisedClientChange(), PredefinedClientChange(),
        RegistrationChange(), TrustedHostChange(), RedirectChange(), ClientDocumentChange(), ScopeChange(),
        AdmissionChange(), VerificationChange(), KeyChange(), TokenFormatChange(), LifetimeChange(), StoreChange(),
        UsersChange(), LoginChange(), SecretChange(), ServiceTokenChange(), ListenChange(), HostChange(),
        UpstreamChange(), BrowserOriginChange(), LimitChange(), RealmChange(), EnvironmentChange(),
    ]
}
