import CommandLineSyntax
import Diagnostics

/// `plan SPEC`: what a change of the spec does, before anything is deployed; writes nothing.
enum PlanCommand: RunnableCommand {
    enum Format: String, CaseIterable { case text, markdown, json }

    static let command = Command(
        "plan", "show what a change of the spec does, and what it takes",
        discussion: [
            "Tells what a deployment of the spec as it is now changes: outputs, clients and registrations, what to do in "
                + "which order, what to purge, and what to tell users. Nothing is written.",
            "BASE is a revision of git, at which the spec is read; an output directory, or a connectorgen.lock. A path "
                + "that exists wins; a branch of the same name is refs/heads/NAME. Without --against it is the directory "
                + "out beside the spec; before the first build everything is new.",
            "A directory and a lock name the digest of the spec that they were made from. Where git has a revision of the "
                + "spec with it, consequences are told too; else outputs alone.",
            "Comments of the spec move line numbers in outputs and change the digest in their headers: that is no change.",
            "With --detailed-exitcode the status is 0 for no change, 1 for any error and 2 for changes. Without it, it is 0 "
                + "when the plan was made.",
        ],
        operands: [SharedOptions.spec],
        options: [against, format, detailed] + SharedOptions.reading + [SharedOptions.templates, SharedOptions.quiet],
        examples: [
            Example("connectorgen plan connector.yaml", "what a build into out/ and its deployment would change"),
            Example("connectorgen plan connector.yaml --against origin/main", "what a branch changes"),
            Example(
                "connectorgen plan connector.yaml --against HEAD~1 --format markdown", "a comment for a pull request"),
        ])

    static let against = Option.value(
        "against", "BASE", .file,
        help: "a revision of git, an output directory or a connectorgen.lock; out beside the spec")
    static let format = Option.value(
        "format", "FORMAT", .choice(Format.allCases.map(\.rawValue)), help: "how the plan is printed; text")
    static let detailed = Option.flag(
        "detailed-exitcode", help: "exit 0 without changes, 1 with an error, 2 with changes")

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let isDetailed = invocation.flag(detailed)
        do throws(CommandFailure) {
            let answer = try ChangePlan(invocation, on: host).answer(
                invocation.choice(format, as: Format.self) ?? .text)
            var result = answer.result
            if isDetailed {
                // The contract of terraform: 2 for changes.
                result.status = result.status > .clean ? .findings : answer.isChange ? .invalid : .clean
            }
            return result
        } catch {
            guard isDetailed, case .environment(let failure) = error else { throw error }
            return CommandResult(notices: "\(Product.name): \(failure)\n", status: .findings)
        }
    }
}
