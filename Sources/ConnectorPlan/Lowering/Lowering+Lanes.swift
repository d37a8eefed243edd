import ConnectorSpec
import Diagnostics

extension Lowering {
    /// The lanes that are offered and how dynamic registration answers; the two settings may not contradict.
    mutating func registrationLanes() -> ([IssuerSection.Lane], IssuerSection.DynamicRegistration) {
        let section = spec.issuer
        let written = section.registration
        var lanes = written?.map(\.value) ?? IssuerSection.Lane.allCases
        guard let dcr = section.dcr else {
            return (lanes, lanes.contains(.dcr) ? .dynamic : .off)
        }
        if dcr.value == .off {
            if let lane = written?.first(where: { $0.value == .dcr }) {
                report(
                    .laneContradiction, "issuer.registration offers dcr and issuer.dcr is off", at: lane.span,
                    secondary: [Label(dcr.span, "switches it off")],
                    help: "remove dcr from issuer.registration, or set issuer.dcr to dynamic or static-client")
            }
            lanes.removeAll { $0 == .dcr }
        } else if !lanes.contains(.dcr) {
            report(
                .laneContradiction, "issuer.dcr is \(dcr.value.rawValue) and issuer.registration does not offer dcr",
                at: dcr.span,
                secondary: written?.first.map { [Label($0.span, "the lanes that are offered")] } ?? [],
                help: "add dcr to issuer.registration, or remove issuer.dcr")
        }
        if dcr.value == .staticClient { requireStaticClient(for: dcr.span) }
        return (lanes, dcr.value)
    }

    /// `static-client` answers every registration with one public client of ours: there must be one.
    private mutating func requireStaticClient(for span: Span) {
        let hasClient =
            spec.connectors.contains { $0.clientID.located != nil }
            || spec.clients.contains { $0.id != nil && $0.isPublic }
        guard !hasClient else { return }
        report(
            .staticClientMissing, "issuer.dcr is static-client and there is no client to answer with", at: span,
            help: "set connectors.NAME.client_id, or add a client with an id and without a secret to clients")
    }
}

extension ClientSection {
    /// True for a client without a secret.
    var isPublic: Bool { authMethod?.value == ClientSection.AuthMethod.none || authMethod == nil && secret == nil }
}
