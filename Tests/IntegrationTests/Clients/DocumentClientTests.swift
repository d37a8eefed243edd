import HTTPClient
import TestSupport
import Testing

@testable import AuthServer

@Suite(
    "a client whose id is the URL of its metadata, through nginx",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(if: Tool.openssl.isAvailable, "openssl is not installed"),
    .enabled(if: Tool.firstSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 1.x"),
    .enabled(if: Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDK 2.x"))
struct DocumentClientTests {
    /// The server runs inside the test, so that it can be told to fetch from loopback and to trust an authority of the
    /// test; the executable fetches from the public internet alone.
    @Test(
        "the SDK prefers its document to registration, and it is fetched once", arguments: SDKClient.Generation.allCases
    )
    func document(_ generation: SDKClient.Generation) async throws {
        let documents = try await TLSServer()
        var policy = HTTPClientPolicy.publicDocuments
        policy.authorities = documents.authority
        policy.hosts = [.init(host: TLSServer.host, port: documents.port, addresses: ["127.0.0.1"])]
        policy.addresses = policy.addresses.admitting(.v4(127, 0, 0, 1, prefix: 32))
        let fetcher = try HTTPClient(policy: policy)

        let application = try await MCPServer.start()
        let live = try await NginxDeployment(for: application, isServed: false)
        var surroundings = Surroundings.process
        let variables = live.variables
        surroundings.variable = { variables[$0] }
        let app = try await AuthServerApp.start(
            LoadedConfig.load(live.config, surroundings: surroundings),
            pages: PageDirectory.load(nil, issuer: live.issuer), fetcher: fetcher)
        let url = documents.url("/document")
        let result = await Result {
            try await SDKClient(generation, live).run(
                ["call", "expire", "call"],
                options: ["--client-metadata-url", url, "--redirect", "\(url)/callback"])
        }
        await app.drain(deadline: .seconds(5))
        await fetcher.close()

        let run = try result.get()
        try #require(run.error == nil, "\(run)")
        #expect(run.registrations.isEmpty)
        let authorization = try #require(run.authorizations.first)
        #expect(authorization.sent["client_id"] == url)
        #expect(authorization.sent["redirect_uri"] == "\(url)/callback")
        #expect(run.tokens.map { $0.sent["grant_type"] } == ["authorization_code", "refresh_token"])
        #expect(run.tokens.allSatisfy { $0.status == 200 && $0.scheme == "" && $0.sent["client_id"] == url })
        #expect(run.calls.map { $0.values("x-mcp-client") } == [[url], [url]])
        #expect(try await documents.requested == ["/document"])
    }
}

extension Result where Failure == any Error {
    /// What the work came to.
    fileprivate init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
