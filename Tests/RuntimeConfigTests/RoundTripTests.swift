import Diagnostics
import JSONSyntax
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@Suite("A config that was written is read back as it was")
struct RoundTripTests {
    @Test("the sample comes back, with the bytes of its documents")
    func sample() {
        let (config, findings) = Samples.decode(Samples.text)
        #expect(findings == [])
        #expect(config == Samples.upstream)
    }

    @Test("a file that another tool laid out anew has the same documents, byte for byte")
    func reformatted() throws {
        for layout in [JSON.Layout.pretty, .compact] {
            let text = String(decoding: try JSON.parse(Array(Samples.text.utf8)).encoded(layout), as: UTF8.self)
            #expect(Samples.decode(text).config == Samples.upstream)
        }
    }

    @Test("the banner and the schema version stand first, and the text ends with a newline")
    func head() {
        #expect(
            Samples.text.hasPrefix(
                """
                {
                  "$comment": "\(Samples.banner)",
                  "schema_version": 2,
                  "name": "sample",

                """))
        #expect(Samples.text.hasSuffix("}\n"))
    }

    @Test("random configs come back", arguments: 0..<200 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = ConfigGenerator(seed: seed)
        let config = generator.config()
        let text = String(decoding: config.encoded(banner: Samples.banner), as: UTF8.self)
        let (decoded, findings) = Samples.decode(text)
        #expect(findings == [])
        #expect(decoded == config)
    }

    @Test("ten thousand resources are read, and not in quadratic time")
    func large() {
        var config = Samples.upstream
        config.resources = (0..<10_000).map { index in
            RuntimeConfig.Resource(
                name: "r\(index)", resource: "https://h\(index).example.com/mcp",
                metadataURL: "https://h\(index).example.com/.well-known/oauth-protected-resource/mcp",
                scopes: ["mcp.tools"], clientID: nil, allowedOrigins: [])
        }
        config.documents = config.resources.map { resource in
            RuntimeConfig.Document(
                kind: .protectedResource, body: #"{"resource":"\#(resource.resource)"}"#, etag: "\"x\"",
                locations: [.init(host: resource.name, path: "/.well-known/oauth-protected-resource/mcp")])
        }
        config.serviceTokens = config.resources.map { resource in
            RuntimeConfig.ServiceToken(
                label: resource.name, token: .secret(.environment(right("BRIDGE"))), subject: "bridge",
                resource: resource.resource, scopes: ["mcp.tools"])
        }
        let text = String(decoding: config.encoded(banner: Samples.banner), as: UTF8.self)
        let clock = ContinuousClock()
        let start = clock.now
        let (decoded, findings) = Samples.decode(text)
        #expect(start.duration(to: clock.now) < .seconds(20))
        #expect(findings == [])
        #expect(decoded == config)
    }
}
