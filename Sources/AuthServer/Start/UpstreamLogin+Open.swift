import Cryptography
import OAuthModel
import OAuthProtocol
import RuntimeConfig

extension UpstreamLogin {
    /// What a config names for its logins; nil where people do not sign in elsewhere.
    ///
    /// A provider that publishes another issuer than the config's is a mistake that nobody could sign in with. One that
    /// cannot be reached now may be so in a moment, and everything else works meanwhile.
    static func open(
        _ services: Services, clients: IssuerClients? = nil, surroundings: Surroundings = .process,
        report: @escaping IssuerReport
    ) async throws(StartFailure) -> UpstreamLogin? {
        let config = services.config
        guard config.mode == .upstream, let login = config.login, let callback = config.url(of: .callback) else {
            return nil
        }
        let reports = IssuerReports.login(at: login.issuer, report)
        let clients = if let clients { clients } else { try IssuerClients.openForLogin() }
        let secret: Secret? = if let reference = login.clientSecret { try reference.value(surroundings) } else { nil }
        let provider = UpstreamProvider(
            login, callback: callback, secret: secret, clients: clients,
            proofs: LoginProofs(key: services.keys.logins), clock: services.clock)
        do throws(IssuerTrouble) {
            try await provider.prepare(now: services.clock.now)
        } catch {
            guard error != .otherIssuer else {
                throw .environment(
                    "the discovery document of \(login.issuer) names another issuer: write issuer.login.issuer as it "
                        + "stands there, byte for byte, and build again")
            }
            reports.note(error)
        }
        do throws(CryptographyError) {
            return try UpstreamLogin(provider, login: login, key: services.keys.passwords, reports: reports)
        } catch {
            throw .environment("cannot prepare the logins at \(login.issuer): \(error)")
        }
    }
}
