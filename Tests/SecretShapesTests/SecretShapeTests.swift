import TestSupport
import Testing

@testable import SecretShapes

@Suite("the shapes of secrets")
struct SecretShapeTests {
    @Test("the built-in list was read, and each pattern begins in its table")
    func catalogue() {
        #expect(SecretShape.problem == nil)
        #expect(SecretShape.all.count >= 40)
    }

    @Test("a secret of each vendor is found, whole, wherever it stands", arguments: PlantedSecret.all)
    func found(secret: PlantedSecret) throws {
        for (before, after) in [
            ("", ""), ("key: ", " # x"), ("\"", "\""), ("x=", "&y"), ("(", ")"), ("é", "é"), ("_", "\n"),
        ] {
            let text = before + secret.text + after
            let places = SecretPlaces.found(in: Array(text.utf8))
            try #require(places.count == 1, "\(secret.vendor) in \(before)…\(after): \(places)")
            let redacted = SecretPlaces.redacted(text)
            for part in secret.forbidden { #expect(!redacted.contains(part), "\(secret.vendor): \(redacted)") }
            #expect(SecretPlaces.hidden(in: Array(text.utf8)).contains { $0.overlaps(places[0].range) })
        }
    }

    @Test(
        "what is none is not found",
        arguments: [
            "cid_d4f90b6e27c84a13a85f1c0e93b7d652", "app_Qm4tV7rK2wZ9xC3nH6yB1pL8d",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "2f9c41d7-6a0e-4b1c-93d5-8be07a64c15f", "https://mcp.example.com/mcp", "sk-learn",
            "task-management-of-connectors",
            "global-settings-for-the-connector", "glossary-of-terms-and-conditions", "ghp_short",
            "gh_pages_of_the_site",
            "https://www.example.com/package/@scope/name", "ssh://git@github.com/owner/repository",
            "postgres://app@db.example.com/app", "postgres://app:${PASSWORD}@db.example.com/app",
            "postgres://app:$PASSWORD@db.example.com/app", "me@example.com", "http://127.0.0.1:3930",
            "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "sb_publishable_0123456789abcdefghij",
            "pk_live_0123456789abcdefghij", "npm_config_registry", "hf_home", "key-value-store", "secret_name",
            "eyJ", "eyJ0", "re_read_the_whole_document_once", "$HOME/$2/path", "$1$", "dp.example.com",
            "12345678:30", "127.0.0.1:8720", "SKIP", "AKIA", "AIza", "xoxo-hugs",
            "cfg_listen_on_every_address_of_the_machine",
            "rate_limit: 10/s burst 20", "v1.0-rc1", "hvs.example.com", "2026-11-29T06:00:00Z", "mcp.tools",
            "openai-verify-example", "vc_pool", "do_v1_test", "lin_api_docs",
        ])
    func near(text: String) {
        #expect(SecretPlaces.found(in: Array(text.utf8)).isEmpty, "\(SecretPlaces.found(in: Array(text.utf8)))")
        #expect(SecretPlaces.redacted(text) == text)
    }

    @Test(
        "a pattern is read as it is written",
        arguments: [
            ("ab[c-e]{2}", "abcd", 4), ("ab[c-e]{2}", "abc", nil), ("a[0-9]{1,2}b", "a12b", 4),
            ("a[0-9]{1,2}b", "a123b", nil), ("a\\.b", "a.b", 3), ("a\\.b", "axb", nil), ("[a-]{2,}", "a-a-x", 4),
            ("a{3}", "aaaa", 3), ("\\$[a]{0,1}b", "$b", 2),
        ])
    func patterns(_ pattern: String, _ text: String, _ length: Int?) throws {
        #expect(try #require(SecretPattern(pattern)).length(in: Array(text.utf8), at: 0) == length)
    }

    @Test(
        "what is no pattern is refused", arguments: ["", "[", "[]", "a{", "a{x}", "a{2,1}", "[z-a]", "a\\", "a{1,2,3}"])
    func refused(text: String) {
        #expect(SecretPattern(text) == nil)
    }

    @Test("a data file with a fault is named by its place")
    func broken() throws {
        for text in ["", "{}", #"{"version": 1, "shapes": [{"title": "x", "pattern": "["}]}"#] {
            guard case .failure(let problem) = SecretShape.read(Array(text.utf8)) else {
                Issue.record("\(text) was read")
                continue
            }
            #expect(!problem.message.isEmpty)
        }
    }
}
