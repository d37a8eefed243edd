package import Diagnostics

/// A place where a file is no nginx configuration.
package struct NginxSyntaxProblem: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case unterminatedQuote
        /// Something stands right behind a closing quote.
        case gluedToQuote
        /// A directive ends in `}` or with the file.
        case missingSemicolon
        /// `;` or `{` without a word before it.
        case missingDirective
        case unopenedBrace
        case unclosedBrace
        /// Deeper than ``NginxParser/deepestBlock``; the rest is not read.
        case tooDeep
        /// More than ``NginxParser/largestTree`` words and comments; the rest is not read.
        case tooLarge
        /// A word is not UTF-8, or has a NUL: its text is repaired, its span is right.
        case strangeBytes
    }

    package let kind: Kind
    package let span: Span

    /// Lower case, without a full stop.
    package var message: String {
        switch kind {
        case .unterminatedQuote: "the quote is never closed"
        case .gluedToQuote: "a space, `;` or `{` has to follow the closing quote"
        case .missingSemicolon: "the directive does not end in `;`"
        case .missingDirective: "there is no directive before it"
        case .unopenedBrace: "`}` closes no block"
        case .unclosedBrace: "the block is never closed"
        case .tooDeep: "blocks are nested deeper than \(NginxParser.deepestBlock)"
        case .tooLarge: "the file has more than \(NginxParser.largestTree) words and comments"
        case .strangeBytes: "the word is not UTF-8 or has a NUL byte"
        }
    }
}
