import ConnectorChanges
import Diagnostics

/// What a build changed or would change, in words.
struct ChangeSummary: Sendable {
    private let changes: OutputChanges
    private let location: OutputLocation
    /// True for `--check` and `--dry-run`.
    private let isTrial: Bool

    init(_ changes: OutputChanges, location: OutputLocation, isTrial: Bool) {
        self.changes = changes
        self.location = location
        self.isTrial = isTrial
    }

    /// One line for each file: `would change nginx/a.conf (+3 -1)`.
    var lines: String {
        changes.changes.map { change in
            switch change.action {
            case .create: "would create \(change.path)\n"
            case .change(let lines):
                "would change \(change.path)\(lines.map { " (+\($0.added) -\($0.removed))" } ?? "")\n"
            case .changeMode(let old, let new):
                "would set the mode of \(change.path) from \(octal(old)) to \(octal(new))\n"
            case .remove: "would remove \(change.path)\n"
            }
        }.joined()
    }

    /// `out: 2 created, 1 changed, 14 up to date`, with a line end; empty when findings kept the build from writing.
    var total: String {
        if changes.diagnostics.hasErrors { return "" }
        var created = 0
        var changed = 0
        var removed = 0
        for change in changes.changes {
            switch change.action {
            case .create: created += 1
            case .change, .changeMode: changed += 1
            case .remove: removed += 1
            }
        }
        let verb = isTrial ? "to be " : ""
        let parts = [(created, "\(verb)created"), (changed, "\(verb)changed"), (removed, "\(verb)removed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(location.path): " + (parts + ["\(changes.upToDate) up to date"]).joined(separator: ", ") + "\n"
    }

    private func octal(_ mode: UInt16) -> String { "0" + String(mode, radix: 8) }
}
