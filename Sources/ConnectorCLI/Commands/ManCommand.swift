import CommandLineSyntax
import Diagnostics

/// `man [--directory DIR]`: the manual pages, all in one on standard output or as files.
enum ManCommand: RunnableCommand {
    private static let directory = Option.value(
        "directory", "DIR", .directory, help: "write one file per command into this directory")

    static let command = Command(
        "man", "print the manual pages, or write them into a directory",
        options: [directory],
        examples: [
            Example("connectorgen man | man -l -", "reads the manual"),
            Example("connectorgen man --directory /usr/local/share/man/man1", "installs it"),
        ])

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let pages = Connectorgen.program.manualPages(date: Product.releaseDate)
        guard let target = invocation.value(directory) else { return CommandResult(pages.map(\.text).joined()) }
        try CommandFailure.accessing { () throws(FileError) in
            let directory = try Directory.opening(target)
            for page in pages { try directory.replaceFile(page.fileName, with: Array(page.text.utf8), mode: 0o644) }
        }
        return CommandResult(notices: "\(pages.count) pages written to \(target)\n")
    }
}
