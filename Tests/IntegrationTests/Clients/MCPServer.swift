import TestSupport

/// The MCP server of these tests, built on the MCP Python SDK 2.x: its one tool says who it was told the caller is.
struct MCPServer: LoopbackUpstream {
    let port: Int
    private let child: ChildProcess

    static func start() async throws -> MCPServer {
        let child = try ChildProcess(
            Tool.currentSDK.required(), [Repository.path("Tests/IntegrationTests/Clients/mcp_server.py")])
        let line = try await child.output.wait(for: "\n", deadline: .seconds(120))
        guard let port = Int(line.prefix { $0 != "\n" }) else {
            throw ChildProcess.Failure(description: "no port: \(line)\(child.errors.text)")
        }
        return MCPServer(port: port, child: child)
    }
}
