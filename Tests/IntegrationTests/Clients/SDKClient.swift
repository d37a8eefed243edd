import Foundation
import TestSupport
import Testing

/// An application on the MCP Python SDK, with its tokens and its registration in a file: each run is a new process.
struct SDKClient {
    enum Generation: String, CaseIterable, CustomTestStringConvertible {
        case first = "1.30.0"
        case current = "2.3.0"

        var testDescription: String { "MCP Python SDK \(rawValue)" }
        var tool: Tool { self == .first ? .firstSDK : .currentSDK }
    }

    let generation: Generation
    let deployment: NginxDeployment
    let folder: TemporaryFolder
    private var state: String { folder.file("client.json") }

    init(_ generation: Generation, _ deployment: NginxDeployment) throws {
        self.generation = generation
        self.deployment = deployment
        folder = try TemporaryFolder()
    }

    /// Runs steps of `sdk_client.py` on one connection. Without a person the client cannot sign in.
    func run(_ steps: [String], options: [String] = [], person: Bool = true) async throws -> SDKRun {
        let login = ["LOGIN_USER": NginxDeployment.user, "LOGIN_PASSWORD": NginxDeployment.password]
        let ran = try await ChildProcess.run(
            generation.tool.required(),
            [
                "-B", Repository.path("Tests/IntegrationTests/Clients/sdk_client.py"), "--url", deployment.url,
                "--state", state,
            ]
                + options
                + steps, environment: person ? login : [:], deadline: .seconds(90))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        let run = try JSONDecoder().decode(SDKRun.self, from: Data(ran.output.utf8))
        #expect(run.sdk == generation.rawValue)
        return run
    }

    /// A token that the client keeps.
    func kept(_ name: String) throws -> String {
        struct Kept: Decodable { let tokens: [String: Token] }
        enum Token: Decodable {
            case text(String)
            case other

            init(from decoder: any Decoder) throws {
                let text = try? decoder.singleValueContainer().decode(String.self)
                self = text.map(Token.text) ?? .other
            }
        }
        let kept = try JSONDecoder().decode(Kept.self, from: Data(contentsOf: URL(fileURLWithPath: state)))
        guard case .text(let token) = kept.tokens[name] else {
            throw ChildProcess.Failure(description: "the client keeps no \(name)")
        }
        return token
    }
}

/// What a run of `sdk_client.py` printed: everything that went over the wire, secrets as `***`.
struct SDKRun: Decodable {
    struct Registration: Decodable {
        struct Sent: Decodable {
            let redirect_uris: [String]
            let scope: String?
            let token_endpoint_auth_method: String?
        }
        struct Got: Decodable {
            let client_id: String
            let client_secret: String?
            let redirect_uris: [String]
            let token_endpoint_auth_method: String
            let scope: String?
        }
        let sent: Sent
        let status: Int
        let got: Got
    }

    struct Authorization: Decodable {
        let endpoint: String
        let sent: [String: String]
        /// The query of the redirect back.
        let got: [String: String]
        let pages: [String]
    }

    struct TokenExchange: Decodable {
        struct Got: Decodable {
            let token_type: String?
            let expires_in: Int?
            let scope: String?
            let refresh_token: String?
            let error: String?
        }
        let sent: [String: String]
        /// The scheme of `Authorization`; empty without that header.
        let scheme: String
        let status: Int
        let got: Got
    }

    /// What the tool was given, and by which request.
    struct Call: Decodable {
        let text: String
        let headers: [[String]]

        func values(_ name: String) -> [String] { headers.filter { $0.first == name }.compactMap(\.last) }
    }

    let sdk: String
    let error: String?
    let tools: [String]
    let calls: [Call]
    /// `POST /mcp 401`, in order.
    let requests: [String]
    let registrations: [Registration]
    let authorizations: [Authorization]
    let tokens: [TokenExchange]
    let challenges: [String]
}
