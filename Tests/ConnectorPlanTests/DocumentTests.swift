import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import Testing

@Suite("metadata documents stand where they belong, byte by byte")
struct DocumentTests {
    @Test("the authorization server's document has the members that clients read, in a fixed order")
    func authorizationServer() throws {
        let planned = try Planned(Planned.spec())
        let document = try #require(
            planned.document("mcp.example.com", "/.well-known/oauth-authorization-server/mcp"))
        #expect(
            document.body == """
                {"issuer":"https://mcp.example.com/mcp",\
                "authorization_endpoint":"https://mcp.example.com/mcp/authorize",\
                "token_endpoint":"https://mcp.example.com/mcp/token",\
                "registration_endpoint":"https://mcp.example.com/mcp/register",\
                "revocation_endpoint":"https://mcp.example.com/mcp/revoke",\
                "introspection_endpoint":"https://mcp.example.com/mcp/introspect",\
                "jwks_uri":"https://mcp.example.com/mcp/jwks.json",\
                "response_types_supported":["code"],"response_modes_supported":["query"],\
                "grant_types_supported":["authorization_code","refresh_token"],\
                "code_challenge_methods_supported":["S256"],\
                "token_endpoint_auth_methods_supported":\
                ["none","client_secret_post","client_secret_basic","private_key_jwt"],\
                "token_endpoint_auth_signing_alg_values_supported":["ES256","RS256"],\
                "revocation_endpoint_auth_methods_supported":\
                ["none","client_secret_post","client_secret_basic","private_key_jwt"],\
                "revocation_endpoint_auth_signing_alg_values_supported":["ES256","RS256"],\
                "introspection_endpoint_auth_methods_supported":\
                ["client_secret_post","client_secret_basic","private_key_jwt"],\
                "introspection_endpoint_auth_signing_alg_values_supported":["ES256","RS256"],\
                "scopes_supported":["mcp.tools","offline_access"],\
                "client_id_metadata_document_supported":true,\
                "authorization_response_iss_parameter_supported":true,\
                "mcp":{"client_id":"cid_example"},"mcp.client_id":"cid_example"}
                """)
        #expect(document.etag.count == 34 && document.etag.hasPrefix("\"") && document.etag.hasSuffix("\""))
    }

    @Test("the path document and the origin's document name the resource that their URL implies")
    func protectedResource() throws {
        let planned = try Planned(Planned.spec())
        #expect(
            planned.document("mcp.example.com", "/.well-known/oauth-protected-resource/mcp")?.body == """
                {"resource":"https://mcp.example.com/mcp","authorization_servers":["https://mcp.example.com/mcp"],\
                "scopes_supported":["mcp.tools"],"bearer_methods_supported":["header"]}
                """)
        #expect(
            planned.document("mcp.example.com", "/.well-known/oauth-protected-resource")?.body == """
                {"resource":"https://mcp.example.com","authorization_servers":["https://mcp.example.com/mcp"],\
                "scopes_supported":["mcp.tools"],"bearer_methods_supported":["header"]}
                """)
        #expect(
            planned.plan.resources.map(\.equivalentIdentifiers) == [
                ["https://mcp.example.com", "https://mcp.example.com/"]
            ])
        #expect(planned.plan.documents.count == 3)
    }

    @Test(
        "the protected resource metadata is inserted before the path of the resource",
        arguments: [
            ("https://mcp.example.com/mcp", "/.well-known/oauth-protected-resource/mcp", "/mcp"),
            ("https://mcp.example.com/mcp/vault", "/.well-known/oauth-protected-resource/mcp/vault", "/mcp/vault"),
            ("https://mcp.example.com", "/.well-known/oauth-protected-resource", "/"),
        ])
    func inserted(publicURL: String, path: String, transport: String) throws {
        let planned = try Planned(Planned.spec(publicURL: publicURL))
        let resource = planned.plan.resources[0]
        #expect(resource.metadataURL == "https://mcp.example.com" + path)
        #expect(resource.resource == publicURL && resource.audience.value == publicURL)
        #expect(resource.path == transport)
        #expect(planned.document("mcp.example.com", path)?.identifier == publicURL)
        #expect(planned.plan.documents.allSatisfy { !$0.path.contains("//") })
    }

    @Test("an origin as resource has the root document and no other")
    func originResource() throws {
        let planned = try Planned(Planned.spec(connectorKeys: "resource: https://mcp.example.com"))
        let documents = planned.plan.documents.filter { $0.kind == .protectedResource }
        #expect(documents.map(\.path) == ["/.well-known/oauth-protected-resource"])
        #expect(documents.map(\.identifier) == ["https://mcp.example.com"])
        #expect(planned.findings == [])
    }

    @Test("a root issuer has one document, and no path is appended")
    func rootIssuer() throws {
        let planned = try Planned(Planned.spec(issuer: "https://mcp.example.com", issuerKeys: "openid: true"))
        let paths = planned.plan.documents.filter { $0.kind != .protectedResource }.map(\.path)
        #expect(paths == ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"])
        #expect(planned.plan.issuer.endpoints[.authorize] == "https://mcp.example.com/authorize")
    }

    @Test("OpenID documents exist in both forms when asked for, complete")
    func openID() throws {
        let planned = try Planned(Planned.spec(issuerKeys: "openid: true"))
        let documents = planned.plan.documents.filter { $0.kind == .openIDConfiguration }
        #expect(
            documents.map(\.path) == [
                "/.well-known/openid-configuration/mcp", "/mcp/.well-known/openid-configuration",
            ])
        #expect(Set(documents.map(\.body)).count == 1)
        for member in [
            "jwks_uri", "userinfo_endpoint", "subject_types_supported", "id_token_signing_alg_values_supported",
        ] {
            #expect(documents[0].body.contains("\"\(member)\":"))
        }
        #expect(planned.plan.issuer.scopesSupported == ["mcp.tools", "openid", "offline_access"])
    }

    @Test("the server's document at the root is the same document")
    func rootAlias() throws {
        let planned = try Planned(Planned.spec(issuerKeys: "root_metadata: alias"))
        let documents = planned.plan.documents.filter { $0.kind == .authorizationServer }
        #expect(
            documents.map(\.path) == [
                "/.well-known/oauth-authorization-server/mcp", "/.well-known/oauth-authorization-server",
            ])
        #expect(Set(documents.map(\.body)).count == 1)
    }

    @Test("aliases are resources of their own, and the server's document is found below them on its host")
    func aliases() throws {
        let planned = try Planned(
            Planned.spec(connectorKeys: "aliases: [/mcp2]\nalias_hosts: [old.example.com]"))
        #expect(
            planned.plan.resources.map(\.resource) == [
                "https://mcp.example.com/mcp", "https://mcp.example.com/mcp2", "https://old.example.com/mcp",
            ])
        #expect(planned.plan.resources.map(\.isAlias) == [false, true, true])
        let server = planned.document("mcp.example.com", "/.well-known/oauth-authorization-server/mcp")
        let alias = planned.document("mcp.example.com", "/.well-known/oauth-authorization-server/mcp2")
        #expect(alias?.body == server?.body)
        #expect(planned.document("old.example.com", "/.well-known/oauth-authorization-server/mcp") == nil)
        #expect(
            planned.document("old.example.com", "/.well-known/oauth-protected-resource/mcp")?.identifier
                == "https://old.example.com/mcp")
        #expect(
            planned.document("old.example.com", "/.well-known/oauth-protected-resource")?.identifier
                == "https://old.example.com")
    }

    @Test("a host with several connectors has no root document, and saying otherwise is an error")
    func sharedRoot() throws {
        let second = """
              vault:
                public_url: https://mcp.example.com/mcp/vault
                client_id: cid_example
                upstream: http://127.0.0.1:3931
                scopes: [mcp.vault]
            """
        let planned = try Planned(Planned.spec(more: second))
        #expect(planned.document("mcp.example.com", "/.well-known/oauth-protected-resource") == nil)
        #expect(planned.findings == [])
        let insisting = try Planned(Planned.spec(connectorKeys: "root_prm: origin", more: second))
        #expect(insisting.findings == ["251:14"])
    }

    @Test("the typed URL in the root document is possible")
    func rootResource() throws {
        let planned = try Planned(Planned.spec(connectorKeys: "root_prm: resource"))
        #expect(
            planned.document("mcp.example.com", "/.well-known/oauth-protected-resource")?.identifier
                == "https://mcp.example.com/mcp")
    }

    @Test(
        "registration is advertised exactly when it is served",
        arguments: [
            ("registration: [predefined]", false, false), ("registration: [cimd, predefined]", false, true),
            ("registration: [predefined, dcr]", true, false), ("dcr: static-client", true, true),
            ("dcr: off", false, true),
        ])
    func registrationMethods(key: String, registers: Bool, hasDocuments: Bool) throws {
        let planned = try Planned(Planned.spec(issuerKeys: key.replacing("off", with: "\"off\"")))
        let body = try #require(
            planned.document("mcp.example.com", "/.well-known/oauth-authorization-server/mcp")?.body)
        #expect(body.contains("registration_endpoint") == registers)
        #expect(body.contains("client_id_metadata_document_supported") == hasDocuments)
        #expect(planned.routes("mcp.example.com").contains("= /mcp/register") == registers)
        #expect(planned.routes("mcp.example.com").contains("= /register") == registers)
    }

    @Test("offline_access is the server's alone")
    func offlineAccess() throws {
        let text = Planned.spec().replacing("[mcp.tools]", with: "[mcp.tools, offline_access]")
        let planned = try Planned(text)
        #expect(planned.plan.resources[0].scopes == ["mcp.tools"])
        #expect(planned.plan.issuer.scopesSupported == ["mcp.tools", "offline_access"])
    }
}
