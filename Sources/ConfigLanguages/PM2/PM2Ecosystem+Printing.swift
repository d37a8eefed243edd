import JSONSyntax

/// A printed ecosystem file.
package struct PrintedPM2Ecosystem: Sendable {
    package let bytes: [UInt8]
    /// The 1-based line of each tagged variable.
    package let lines: [(tag: Int, line: Int)]
}

extension PM2Ecosystem {
    /// Variables that no process can have: a name with `=`, or a NUL byte.
    package struct Refusal: Error, Sendable {
        /// By tag, where there is one.
        package let variables: [(tag: Int?, reason: Unrepresentable)]
    }

    package func printed() throws(Refusal) -> PrintedPM2Ecosystem {
        var refused: [(tag: Int?, reason: Unrepresentable)] = []
        var lines: [(tag: Int, line: Int)] = []
        // The layout puts each member and element on a line of its own, and nothing but an empty list on one.
        var line = banner.isEmpty ? 2 : 4 + banner.count
        for app in apps {
            line += 2 + app.settings.count
            for variable in app.env {
                line += 1
                if let tag = variable.tag { lines.append((tag, line)) }
                if let reason = Self.obstacle(in: variable) { refused.append((variable.tag, reason)) }
            }
            line += app.env.isEmpty ? 1 : 2
        }
        guard refused.isEmpty else { throw Refusal(variables: refused) }
        var members = banner.isEmpty ? [] : [JSONMember("_generated", .array(banner.map { .string($0) }))]
        members.append(JSONMember("apps", .array(apps.map(\.json))))
        return PrintedPM2Ecosystem(bytes: JSON.object(members).encoded(.pretty, finalNewline: true), lines: lines)
    }

    private static func obstacle(in variable: Variable) -> Unrepresentable? {
        if !EnvName.isValid(variable.name.utf8) {
            return Unrepresentable(language: "PM2", reason: "the name (it must match [A-Za-z_][A-Za-z0-9_]*)")
        }
        return carries(variable.value) ? nil : Unrepresentable(language: "PM2", reason: "a NUL byte (U+0000)")
    }

    /// True for a value that the variable of a process can have.
    static func carries(_ value: String) -> Bool { !value.utf8.contains(0) }
}

extension PM2Ecosystem.App {
    fileprivate var json: JSON {
        .object(
            settings.map { JSONMember($0.name, .string($0.value)) }
                + [JSONMember("env", .object(env.map { JSONMember($0.name, .string($0.value)) }))])
    }
}
