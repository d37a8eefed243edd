import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Testing

@Suite("plan keys")
struct PlanKeyTests {
    @Test("a derived value tells its rule and its place")
    func derived() throws {
        let planned = try Planned(Planned.spec())
        let value = try #require(planned.plan.value(forKey: "connectors.mcp.metadata_url"))
        #expect(value.text == "https://mcp.example.com/.well-known/oauth-protected-resource/mcp")
        #expect(value.source == .derived)
        #expect(
            value.rule == "derived from connectors.mcp.public_url: "
                + "path inserted after /.well-known/oauth-protected-resource (RFC 9728 §3.1)")
        #expect(planned.sources.text(of: value.origins[0]) == "https://mcp.example.com/mcp")
    }

    @Test("defaults and written values are told apart")
    func sources() throws {
        let planned = try Planned(Planned.spec(issuerKeys: "listen: 127.0.0.1:9000"))
        #expect(planned.plan.value(forKey: "issuer.listen")?.source == .written)
        #expect(planned.plan.value(forKey: "issuer.private_listen")?.source == .default)
        #expect(planned.plan.value(forKey: "connector.resource")?.source == .default)
        #expect(planned.plan.value(forKey: "issuer.endpoints.callback") == nil)
        #expect(planned.plan.value(forKey: "issuer.nothing") == nil)
    }

    @Test("names are unique and every one resolves or says that there is nothing")
    func names() throws {
        let names = DeploymentPlan.properties.map(\.name)
        #expect(Set(names).count == names.count)
        let planned = try Planned(Planned.spec(more: "clients: [chatgpt]"))
        let nameless = names.filter { planned.plan.value(forKey: $0) == nil }
        #expect(
            nameless.allSatisfy {
                $0.hasPrefix("issuer.login.") || $0 == "issuer.endpoints.callback" || $0 == "issuer.key"
            }, "\(nameless)")
    }

    @Test("each value says how it came about and from where, in the words of this spec")
    func reasons() throws {
        let planned = try Planned(Planned.spec(more: "clients: [chatgpt]"))
        for property in DeploymentPlan.properties {
            guard let value = planned.plan.value(forKey: property.name) else { continue }
            #expect(!value.origins.isEmpty || value.content == .list([], separator: ","), "\(property.name)")
            let words = value.rule.split(separator: " ")
            #expect(words.last?.last != ":" && !words.contains { $0.hasPrefix("connector.") }, "\(value.rule)")
            #expect((value.source == .derived) == value.rule.hasPrefix("derived from "), "\(value.rule)")
        }
    }

    @Test("the built-in presets ask for plan keys only", arguments: PresetCatalogue.builtin.names)
    func presets(name: String) throws {
        let preset = try #require(PresetCatalogue.builtin.preset(named: name))
        for variable in preset.variables {
            if case .plan(let key) = variable.binding { #expect(DeploymentPlan.isPlanKey(key), "\(variable.name)") }
        }
    }

    @Test("variables of the spec replace those of the preset, and secrets stay references")
    func variables() throws {
        let planned = try Planned(
            Planned.spec(
                targets: """

                      env:
                        - file: service.env
                          dialect: node
                          preset: connectorgen
                          variables:
                            CONNECTOR_PORT: "4000"
                            EXTRA: { from: issuer.endpoints.token }
                            API_KEY: { env: SERVICE_API_KEY }
                    """))
        #expect(planned.findings == [])
        let file = try #require(planned.plan.environment.first)
        let values = Dictionary(uniqueKeysWithValues: file.variables.map { ($0.name, $0.value) })
        #expect(values["CONNECTOR_PORT"] == .text("4000"))
        #expect(values["EXTRA"] == .text("https://mcp.example.com/mcp/token"))
        guard case .secret? = values["API_KEY"] else { return #expect(Bool(false), "a secret became text") }
    }

    @Test("an unknown key is met with the nearest one, a key without value with the place that asks")
    func unknown() throws {
        let planned = try Planned(
            Planned.spec(
                targets: """

                      env:
                        - file: service.env
                          dialect: node
                          variables:
                            ISSUER: { from: issuer.ulr }
                            CALLBACK: { from: issuer.endpoints.callback }
                    """))
        #expect(planned.diagnostics.map(\.code) == [.unknownPlanKey, .planKeyWithoutValue])
        #expect(planned.diagnostics[0].help == "did you mean `issuer.url`?")
    }
}
