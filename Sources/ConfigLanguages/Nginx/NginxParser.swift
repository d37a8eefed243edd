package import Diagnostics

/// Reads configuration files of any origin, whatever is wrong with them, in time linear in their length.
///
/// It takes directives as they come, known or not; includes are not followed. A comment belongs to the directive
/// behind it, also one that stands behind another directive on its line.
package struct NginxParser {
    /// nginx itself has no limit; nobody nests a tenth of it.
    package static let deepestBlock = 64
    /// Words and comments together.
    package static let largestTree = 4_000_000
    private static let mostProblems = 100

    /// What was read, and what is wrong with it. With a problem the tree is what could be made of the file.
    package struct Result: Sendable {
        package let file: NginxBlock
        /// In the order of their places.
        package let problems: [NginxSyntaxProblem]
    }

    /// Reads a file; spans have its id among the sources of the run, the first where it is alone.
    package static func parse(_ bytes: [UInt8], file: FileID = FileID(0)) -> Result {
        var parser = NginxParser(bytes, file: file)
        return parser.parse()
    }

    /// A block that is being read.
    private struct Frame {
        /// Whose block it is; nil for the file.
        var opener: NginxDirective?
        var brace: Range<Int> = 0..<0
        var directives: [NginxDirective] = []
    }

    private let file: FileID
    private var lexer: NginxLexer
    private var open = Frame()
    private var outer: [Frame] = []
    private var words: [NginxArgument] = []
    private var comments: [String] = []
    private var elements = 0
    private var problems: [NginxSyntaxProblem] = []

    private init(_ bytes: [UInt8], file: FileID) {
        self.file = file
        lexer = NginxLexer(bytes, file: file)
    }

    private mutating func parse() -> Result {
        reading: while problems.count + lexer.problems.count < Self.mostProblems {
            switch lexer.next() {
            case .word(let word):
                words.append(word)
                elements += 1
            case .comment(let text):
                comments.append(text)
                elements += 1
            case .semicolon:
                finishDirective(end: lexer.offset)
            case .openBrace:
                guard outer.count < Self.deepestBlock else {
                    report(.tooDeep, (lexer.offset - 1)..<lexer.offset)
                    break reading
                }
                openBlock()
            case .closeBrace:
                endUnfinishedDirective()
                closeBlock()
            case .end:
                endUnfinishedDirective()
                break reading
            }
            if elements > Self.largestTree {
                report(.tooLarge, (lexer.offset - 1)..<lexer.offset)
                break
            }
        }
        while !outer.isEmpty {
            report(.unclosedBrace, open.brace)
            closeBlock()
        }
        let block = NginxBlock(open.directives, closingComments: comments)
        let all = (problems + lexer.problems).sorted { $0.span.start < $1.span.start }
        return Result(file: block, problems: all)
    }

    // MARK: Directives and blocks

    /// The words so far are a directive that ended at `end`.
    private mutating func finishDirective(end: Int) {
        guard var directive = takeHeader() else { return report(.missingDirective, (end - 1)..<end) }
        directive.span = Span(file, directive.word.span?.start ?? end, end)
        open.directives.append(directive)
    }

    private mutating func endUnfinishedDirective() {
        guard let last = words.last?.span else { return }
        let isOpenQuote = lexer.problems.last.map { $0.kind == .unterminatedQuote } ?? false
        if !isOpenQuote { report(.missingSemicolon, last.start..<last.end) }
        finishDirective(end: last.end)
    }

    private mutating func openBlock() {
        let brace = (lexer.offset - 1)..<lexer.offset
        if words.isEmpty { report(.missingDirective, brace) }
        let opener =
            takeHeader()
            ?? NginxDirective(NginxArgument(unchecked: "", at: Span(file, brace.lowerBound, brace.upperBound)))
        outer.append(open)
        open = Frame(opener: opener, brace: brace)
    }

    private mutating func closeBlock() {
        guard var directive = open.opener else {
            return report(.unopenedBrace, (lexer.offset - 1)..<lexer.offset)
        }
        directive.block = NginxBlock(open.directives, closingComments: comments)
        directive.span = Span(file, directive.word.span?.start ?? 0, lexer.offset)
        comments = []
        open = outer.removeLast()  // straight from the stack: a second reference would copy the whole list
        open.directives.append(directive)
    }

    private mutating func takeHeader() -> NginxDirective? {
        guard let word = words.first else { return nil }
        let directive = NginxDirective(word, Array(words.dropFirst()), comments: comments)
        words.removeAll(keepingCapacity: true)
        comments = []
        return directive
    }

    private mutating func report(_ kind: NginxSyntaxProblem.Kind, _ range: Range<Int>) {
        problems.append(NginxSyntaxProblem(kind: kind, span: Span(file, range.lowerBound, range.upperBound)))
    }
}
