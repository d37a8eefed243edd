/// The forms in which a report can be written; the raw values are those of `--format`.
package enum OutputFormat: String, Hashable, Sendable, CaseIterable {
    case human, short, json, sarif, github, gitlab, junit

    /// True for the forms that programs read: always valid, without colour, the same on every machine.
    package var isForMachines: Bool { self != .human && self != .short }
}
