/// Variables that take a service's protection away, by the names that services have for them.
enum ProtectionSwitch {
    /// Switches that are on where a service is protected.
    private static let demands = [
        "REQUIRE_AUTH", "AUTH_REQUIRED", "AUTH_ENABLED", "ENABLE_AUTH", "OAUTH_ENABLED", "ENABLE_OAUTH",
        "VERIFY_TOKENS",
        "REQUIRE_AUTHENTICATION", "AUTHENTICATION_REQUIRED",
    ]
    /// Switches that are off there.
    private static let waivers = [
        "NO_AUTH", "DISABLE_AUTH", "AUTH_DISABLED", "SKIP_AUTH", "ALLOW_ANONYMOUS", "INSECURE_NO_AUTH",
        "DANGEROUSLY_OMIT_AUTH",
    ]
    /// Names of a way to authenticate.
    private static let modes = ["AUTH_MODE", "AUTH_TYPE", "AUTH_METHOD", "AUTH_PROVIDER"]

    /// What a value of a variable does to the service, as half a sentence; nil where it is harmless.
    static func problem(of name: String, _ text: String) -> String? {
        let isOn = ["1", "true", "yes", "on"].contains(text.lowercased())
        let isOff = ["0", "false", "no", "off"].contains(text.lowercased())
        let isNothing = isOff || ["none", "disabled", "anonymous"].contains(text.lowercased())
        func isOne(of names: [String]) -> Bool { names.contains { name == $0 || name.hasSuffix("_" + $0) } }
        if isOff && isOne(of: demands) || isNothing && isOne(of: modes) || isOn && isOne(of: waivers) {
            return "lets everybody call the server"
        }
        if isOn, name.hasSuffix("_ALLOW_ANY") { return "lets every client in" }
        if isOn, isOne(of: ["DEBUG_HEADERS"]) { return "writes tokens to the log" }
        return nil
    }
}
