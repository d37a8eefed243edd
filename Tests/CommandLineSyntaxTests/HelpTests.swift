import TestSupport
import Testing

@testable import CommandLineSyntax

@Suite struct HelpTests {
    @Test("the page of a command has usage, operands, options and an example")
    func command() {
        #expect(
            sampleProgram.help(for: sampleProgram.commands[4], columns: 80) == """
                connectorgen routes trace: say where a URL goes

                Usage: connectorgen routes trace [OPTIONS] URL [SPEC]

                Operands:
                  URL     the URL that a client asks for
                  [SPEC]  the spec; connector.yaml when left out

                Options:
                  --name NAME  the connector's name

                Global options:
                      --format FORMAT  how to print findings: human, short, json
                  -q, --quiet          print nothing but findings
                  -h, --help           print this help and exit
                      --version        print the version and exit

                """)
    }

    @Test("the page of the program lists commands, environment and exit codes")
    func program() {
        let text = sampleProgram.help(for: nil, columns: 80)
        #expect(text.contains("  routes trace    say where a URL goes\n"))
        #expect(text.contains("  NO_COLOR  no colour when set and not empty\n"))
        #expect(text.contains("  2  usage error\n"))
        #expect(text.contains("  compile connector.yaml\n    $ connectorgen build\n"))
        #expect(sampleServer.help(for: nil).contains("Usage: connectorgen-auth [OPTIONS]\n"))
    }

    @Test("no line is wider than the terminal, as far as words allow", arguments: [0, 40, 57, 60, 80, 100, 1000])
    func width(columns: Int) {
        for command in [nil] + sampleProgram.commands {
            let lines = sampleProgram.help(for: command, columns: columns).split(separator: "\n")
            for line in lines where !line.contains("$ ") {
                #expect(line.count <= min(max(columns, 40), 100), "\(line)")
                #expect(line.last != " ")
            }
        }
    }

    @Test("each manual page is clean for mandoc", .enabled(if: Tool.mandoc.isAvailable, "mandoc is not installed"))
    func manual() async throws {
        let folder = try TemporaryFolder()
        let pages =
            sampleProgram.manualPages(date: "2026-01-31") + sampleServer.manualPages(date: "2026-01-31")
        #expect(pages.map(\.fileName).contains("connectorgen-routes-trace.1"))
        for page in pages {
            let path = try folder.write(page.fileName, page.text)
            let lint = try await ChildProcess.run(Tool.mandoc.required(), ["-T", "lint", "-W", "warning", path])
            #expect(lint.exit == .code(0) && lint.output.isEmpty, "\(lint.output)")
        }
        let build = try await ChildProcess.run(
            Tool.mandoc.required(), ["-T", "utf8", folder.file("connectorgen-build.1")])
        let plain = build.output.unicodeScalars.split(separator: "\u{8}").reduce(into: "") { text, part in
            text.unicodeScalars.append(contentsOf: text.isEmpty ? part : part.dropFirst())
        }
        #expect(build.exit == .code(0))
        #expect(plain.contains(".dots and 'quotes' begin this paragraph"), "\(plain)")
        #expect(plain.contains("A second one: \\ ~ ^ é"))
    }
}
