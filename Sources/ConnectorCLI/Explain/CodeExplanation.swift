import CommandLineSyntax

/// `explain CG301`: the page of a code, offline.
enum CodeExplanation {
    static func outcome(_ number: Int, _ invocation: Invocation) throws(CommandFailure) -> Outcome {
        throw .usage(invocation.misuse("there is no page for this code"))
    }
}
