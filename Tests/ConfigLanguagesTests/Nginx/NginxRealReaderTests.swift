import Foundation
import TestSupport
import Testing

@testable import ConfigLanguages

@Suite("nginx: words as nginx itself reads them", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct NginxRealReaderTests {
    /// One location for each text, which answers with it.
    private static func answering(_ texts: [String]) throws -> ScratchNginx {
        var server: [NginxDirective] = []
        for (index, text) in texts.enumerated() {
            let answer = NginxDirective("return", ["200", try .literal(text)])
            server.append(
                NginxDirective("location", ["=", try .path("/\(index)")], block: NginxBlock([answer])))
        }
        let locations = NginxPrinter.text(NginxBlock(server)).fragment.bytes
        return try ScratchNginx(
            http: "", servers: "server { listen 127.0.0.1:{PORT}; include l.conf; }", files: [("l.conf", locations)])
    }

    @Test("every hostile value that is a literal comes back over HTTP as it was")
    func hostileValues() throws {
        let characters = (0x20...0xFF).filter { $0 != 0x7F && $0 != 0x24 }.map { "<\(Unicode.Scalar(UInt8($0)))>" }
        let texts = (HostileText.all + characters).filter { (try? NginxArgument.literal($0)) != nil && !$0.isEmpty }
        #expect(texts.count > 200)
        let nginx = try Self.answering(texts)
        let (status, output) = try nginx.test()
        #expect(status == 0 && output == "")
        try nginx.start()
        for (index, text) in texts.enumerated() {
            let answer = try RawHTTP.request("GET", "/\(index)", host: "localhost", port: nginx.port)
            #expect(answer.body == Array(text.utf8), "\(text.prefix(40))")
        }
    }

    @Test("a location's name is matched byte for byte, dollar signs and all")
    func paths() throws {
        let names = ["/a$b", "/a b", "/a;b", "/a{b}", "/a\"b", "/a'b", "/a\\b", "/a#b", "/é", "/$host", "/a}"]
        let block = NginxBlock([NginxDirective("return", ["204"])])
        let locations = try names.map { NginxDirective("location", ["=", try .path($0)], block: block) }
        let nginx = try ScratchNginx(
            http: "", servers: "server { listen 127.0.0.1:{PORT}; include l.conf; }",
            files: [("l.conf", NginxPrinter.text(NginxBlock(locations)).fragment.bytes)])
        try nginx.start()
        for name in names {
            let escaped = name.utf8.map { byte in
                byte == UInt8(ascii: "/") ? "/" : "%" + String(UInt16(byte) + 0x100, radix: 16).dropFirst()
            }
            let answer = try RawHTTP.request("GET", escaped.joined(), host: "localhost", port: nginx.port)
            #expect(answer.status == 204, "\(name)")
        }
    }
}

@Suite("nginx: trees as crossplane reads them", .enabled(if: Crossplane.isAvailable, "no Python with crossplane"))
struct NginxCrossplaneTests {
    @Test("both parsers see the same directives and words", arguments: 0..<6 as Range<UInt64>)
    func sameTree(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let file = Self.tame(RandomNginx.file(&generator))
        let folder = try TemporaryFolder()
        let path = try folder.write("x.conf", NginxPrinter.text(file).fragment.bytes)
        let theirs = try Crossplane.parse(path)
        #expect(theirs == Self.lines(NginxParser.parse(Array(try folder.read("x.conf").utf8)).file))
    }

    /// crossplane gives `if` and includes a meaning of its own, drops comments, and splits words at U+0085 and the
    /// like.
    private static func tame(_ block: NginxBlock) -> NginxBlock {
        NginxBlock(
            block.directives.enumerated().map { index, directive in
                NginxDirective(
                    NginxArgument(unchecked: "d\(index)"), directive.arguments.filter { Crossplane.canRead($0.text) },
                    block: directive.block.map(tame))
            })
    }

    /// One line for each directive: its depth, and its words in JSON.
    private static func lines(_ block: NginxBlock, depth: Int = 0) -> [[String]] {
        block.directives.flatMap { directive in
            [["\(depth)", directive.name] + directive.arguments.map(\.text)]
                + (directive.block.map { lines($0, depth: depth + 1) } ?? [])
        }
    }
}

/// crossplane, in the Python of the virtual environment.
enum Crossplane {
    private static let script = """
        import json, sys, crossplane
        def walk(block, depth):
            for d in block:
                yield [str(depth), d["directive"]] + d["args"]
                if "block" in d: yield from walk(d["block"], depth + 1)
        payload = crossplane.parse(sys.argv[1], single=True, check_ctx=False, check_args=False)
        assert payload["status"] == "ok", payload["errors"]
        print(json.dumps(list(walk(payload["config"][0]["parsed"], 0))))
        """

    static let isAvailable: Bool = Tool.python.isRequired || (try? run(["-c", "import crossplane"])) != nil

    static func parse(_ path: String) throws -> [[String]] {
        try JSONDecoder().decode([[String]].self, from: try run(["-c", script, path]))
    }

    /// It keeps backslashes and the text of escapes, and reads `${` in its own way.
    static func canRead(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count < 4_000
            && text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value < 0x7F && !"\\\"'${}".unicodeScalars.contains($0)
            }
    }

    private struct Failed: Error {}

    private static func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Tool.python.required())
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed() }
        return data
    }
}
