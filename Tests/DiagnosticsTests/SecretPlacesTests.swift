import Foundation
import SecretShapes
import TestSupport
import Testing

@testable import Diagnostics

@Suite("what is a secret wherever it stands is in no report")
struct SecretPlacesTests {
    struct Plant: Sendable, CustomTestStringConvertible {
        let secret: String
        let line: String
        var testDescription: String { line }
    }

    static let plants: [Plant] = [
        Plant(secret: "hunter2/+&=", line: "url: https://me:hunter2/+&=@host.example.com/mcp"),
        Plant(secret: "p@ss word", line: "url: \"postgres://me:p@ss word@db.example.com/auth\""),
        Plant(secret: "only-user-token", line: "url: https://only-user-token@host.example.com # me"),
        Plant(secret: "0123456789abcdef0123456789ABCDEF", line: "key: 0123456789abcdef0123456789ABCDEF"),
        Plant(secret: "eeeeeeee89abcdef0123456789abcdef", line: "# was eeeeeeee89abcdef0123456789abcdef"),
        Plant(secret: "eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl", line: "t: [eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl]"),
        Plant(
            secret: "MIIBVgIBADANBg", line: "pem: |\n  -----BEGIN PRIVATE KEY-----\n  MIIBVgIBADANBg\n  -----END X-----"
        ),
        Plant(secret: "MIIBVgIBADANBg", line: "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBg"),
    ]

    @Test("raw, percent-encoded and in base64, in every format, on lines and as a fix", arguments: plants)
    func hidden(plant: Plant) throws {
        let text = "version: 1\n\(plant.line)\nname: demo\n"
        let start = 11
        for end in [start + 1, start + plant.line.utf8.count, text.utf8.count] {
            let report = Samples.report(text) { file in
                Diagnostic(
                    Samples.code, "a value is wrong", at: Label(Span(file, start, end), "here"),
                    secondary: [Label(Span(file, text.utf8.count - 5, text.utf8.count - 1), "beside it")],
                    fixes: [FixIt("remove it", .machineApplicable, edits: [TextEdit(Span(file, start, end), "")])])
            }
            for format in OutputFormat.allCases {
                let said = String(decoding: report.render(format), as: UTF8.self)
                #expect(said.contains("a value is wrong"))
                for form in Self.forms(of: plant.secret) { #expect(!said.contains(form), "\(format): \(said)") }
            }
        }
    }

    @Test("what is none is shown: a plain URL, a mail address, a digest in a longer word, hyphens")
    func shown() {
        for line in [
            "url: https://host.example.com/mcp", "mail: me@example.com", "sha: x0123456789abcdef0123456789abcdef",
            "--------", "word: eyJ", "id: 0123456789abcdef",
        ] {
            #expect(SecretPlaces.hidden(in: Array(line.utf8)).isEmpty, "\(line)")
        }
    }

    @Test("any bytes give places within them, in order and apart", arguments: 0..<50 as Range<UInt64>)
    func hostile(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = ["://", "@", "-----BEGIN", "-----END", "eyJ", ".", "\n", "0123456789abcdef", "e", " ", "\u{FF}"]
        let text = (0..<200).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined()
        var last = 0
        for range in SecretPlaces.hidden(in: Array(text.utf8)) {
            #expect(range.lowerBound >= last && range.upperBound <= text.utf8.count)
            last = range.upperBound
        }
    }

    private static func forms(of secret: String) -> [String] {
        [
            secret, secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret,
            Data(secret.utf8).base64EncodedString(),
        ]
    }
}
