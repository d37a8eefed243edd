import ConfigLanguages

/// Any bytes become a tree; a tree without problems is printed and read back the same.
func fuzz(_ bytes: [UInt8]) {
    let result = NginxParser.parse(bytes)
    for problem in result.problems { require(problem.range, within: bytes) }
    visit(result.file, bytes)
    guard result.problems.isEmpty else { return }
    let printed = NginxParser.parse(NginxPrinter.text(result.file).fragment.bytes)
    precondition(printed.problems.isEmpty && printed.file == result.file, "printed and read back, it differs")
}

private func visit(_ block: NginxBlock, _ bytes: [UInt8]) {
    for directive in block.directives {
        if let range = directive.range { require(range, within: bytes) }
        if let block = directive.block { visit(block, bytes) }
    }
}
