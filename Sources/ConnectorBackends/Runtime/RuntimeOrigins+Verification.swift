import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import RuntimeConfig

extension RuntimeOrigins {
    /// How tokens of another issuer are verified.
    mutating func verification(_ value: JSON) -> JSON {
        guard let section = issuer.verification else { return value }
        let members = value.mapMembers(of: VerificationKey.self) { key, value in
            switch (key, section) {
            case (.jwks, .signed(let section)): signed(value, section)
            case (.introspection, .introspected(let section)): introspection(value, section)
            default: value
            }
        }
        return table.json(members, from: section.span)
    }

    private mutating func signed(_ value: JSON, _ section: SignedTokensSection) -> JSON {
        value.mapMembers(of: SignedTokensKey.self) { key, value in
            switch key {
            case .keys: table.json(value, from: section.url?.span ?? issuer.url.span)
            case .algorithms: table.json(value, from: (section.algorithms ?? []).map(\.span))
            case .types: table.json(value, from: (section.types ?? []).map(\.span))
            case .leeway: table.json(value, from: section.leeway?.span)
            case .staleKeys: table.json(value, from: section.staleKeys?.span)
            }
        }
    }

    private mutating func introspection(_ value: JSON, _ section: IntrospectionSection) -> JSON {
        value.mapMembers(of: IntrospectionKey.self) { key, value in
            switch key {
            case .url: table.json(value, from: section.url.span)
            case .clientID: table.json(value, from: section.clientID.span)
            case .clientSecret: table.json(value, from: section.clientSecret.span)
            case .cache: table.json(value, from: section.cache?.span)
            case .leeway: table.json(value, from: section.leeway?.span)
            }
        }
    }
}

extension AdmissionSection {
    /// All that it says, the entry itself last.
    var spans: [Span] {
        [subject?.span, group?.span, scope?.span].compactMap(\.self) + claims.map(\.value.span) + [span]
    }
}
