import ConfigLanguages
import Diagnostics

/// Any bytes become a tree; a tree without problems is printed and read back the same.
func fuzz(_ bytes: [UInt8]) {
    let result = NginxParser.parse(bytes)
    for problem in result.problems { require(problem.span.start..<problem.span.end, within: bytes) }
    visit(result.file, bytes)
    guard result.problems.isEmpty else { return }
    let printed = NginxParser.parse(NginxPrinter.text(result.file).fragment.bytes)
    precondition(printed.problems.isEmpty && printed.file == result.file, "printed and read back, it differs")
}

private func visit(_ block: NginxBlock, _ bytes: [UInt8]) {
    for directive in block.directives {
        if let span = directive.span { require(span.start..<span.end, within: bytes) }
        if let block = directive.block { visit(block, bytes) }
    }
}
