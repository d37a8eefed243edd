import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig

extension Lowering {
    /// The registration methods that are offered and how dynamic registration answers; the two settings may not
    /// contradict.
    mutating func offeredRegistrationMethods() -> ([RegistrationMethod], DynamicRegistration) {
        let section = spec.issuer
        let written = section.registration
        var registrationMethods = written?.map(\.value) ?? RegistrationMethod.allCases
        guard let dcr = section.dcr else {
            return (registrationMethods, registrationMethods.contains(.dcr) ? .dynamic : .off)
        }
        if dcr.value == .off {
            if let method = written?.first(where: { $0.value == .dcr }) {
                report(
                    .registrationContradiction, "issuer.registration offers dcr and issuer.dcr is off", at: method.span,
                    secondary: [Label(dcr.span, "switches it off")],
                    help: "remove dcr from issuer.registration, or set issuer.dcr to dynamic or static-client")
            }
            registrationMethods.removeAll { $0 == .dcr }
        } else if !registrationMethods.contains(.dcr) {
            report(
                .registrationContradiction,
                "issuer.dcr is \(dcr.value.rawValue) and issuer.registration does not offer dcr",
                at: dcr.span,
                secondary: written?.first.map { [Label($0.span, "the registration methods that are offered")] } ?? [],
                help: "add dcr to issuer.registration, or remove issuer.dcr")
        }
        return (registrationMethods, dcr.value)
    }

    /// `static-client` answers every registration with one public client of ours: there must be one that does for all
    /// connectors.
    mutating func requireStaticClient(_ runtime: RuntimeConfig) {
        guard let dcr = spec.issuer.dcr, dcr.value == .staticClient, runtime.sharedClients.isEmpty else { return }
        guard runtime.openClients.isEmpty else {
            let ids = spec.connectors.compactMap(\.clientID.located)
            return report(
                .staticClientMissing,
                "issuer.dcr is static-client and every client belongs to some of the connectors alone", at: dcr.span,
                "a registration does not say which connector it is for",
                secondary: ids.prefix(2).map { Label($0.span, "this connector's client") },
                help:
                    "give all connectors the same client_id, add a client with an id of its own and without a secret to "
                    + "clients, or use issuer.dcr: dynamic")
        }
        let secrets = spec.clients.compactMap { ($0.secret?.span ?? $0.keysURL?.span) }
        guard let secret = secrets.first else {
            return report(
                .staticClientMissing, "issuer.dcr is static-client and there is no client to answer with", at: dcr.span,
                help: "set connectors.NAME.client_id, or add a client with an id and without a secret to clients")
        }
        report(
            .staticClientMissing, "issuer.dcr is static-client and no client does without a secret", at: dcr.span,
            "hands one client to everybody who registers", secondary: [Label(secret, "would be everybody's")],
            help:
                "add a client with an id and without a secret to clients, or use issuer.dcr: dynamic, where each client "
                + "gets a secret of its own")
    }
}
