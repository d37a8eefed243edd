/// What the exit status says; with several to say, the higher one counts.
package enum ExitStatus: Int32, Comparable, Sendable {
    case clean = 0
    /// Findings, or with `--check` a difference.
    case findings = 1
    /// A command line that means nothing, or a spec that does not compile.
    case invalid = 2
    /// A file, the disk or a stream failed.
    case environment = 3

    package static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}
