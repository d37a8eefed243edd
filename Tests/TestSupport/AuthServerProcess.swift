extension ChildProcess {
    /// `connectorgen-auth` on a runtime config, ready to answer. `variables` are its whole environment.
    package static func authServer(
        _ config: String, _ arguments: [String] = [], variables: [String: String]
    ) async throws -> ChildProcess {
        let child = try ChildProcess(
            product("connectorgen-auth"), ["--config", config] + arguments, environment: variables)
        try await child.errors.wait(for: "ready\n", deadline: .seconds(30))
        return child
    }
}
