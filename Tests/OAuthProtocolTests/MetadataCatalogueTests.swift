import OAuthProtocol
import Testing

@Suite("the right body for each URL")
struct MetadataCatalogueTests {
    private let catalogue = MetadataCatalogue([
        Sample.document("{\"a\":1}", ("a.example", "/x"), ("a.example", "/only-a")),
        Sample.document("{\"b\":22}", ("b.example", "/x"), ("c.example:8443", "/x")),
    ])

    private func body(_ host: String?, _ path: String) -> String? {
        catalogue.document(host: host, path: path).map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test("one path on two hosts has two bodies")
    func byHost() {
        #expect(body("a.example", "/x") == "{\"a\":1}")
        #expect(body("b.example", "/x") == "{\"b\":22}")
    }

    @Test("a host compares without case and with or without its port")
    func hostSpelling() {
        #expect(body("A.Example", "/x") == "{\"a\":1}")
        #expect(body("a.example:443", "/x") == "{\"a\":1}")
        #expect(body("c.example:8443", "/x") == "{\"b\":22}")
    }

    @Test(
        "a foreign host gets a document only where the path means one",
        arguments: ["evil.example", "127.0.0.1:8719", "", ":", "a.example:x"])
    func foreignHost(_ host: String) {
        #expect(body(host, "/x") == nil)
        #expect(body(host, "/only-a") == "{\"a\":1}")
        #expect(body(nil, "/only-a") == "{\"a\":1}")
    }

    @Test("a path compares byte for byte", arguments: ["/x/", "/X", "/xEVIL", "/%78", "", "/"])
    func exactPath(_ path: String) {
        #expect(body("a.example", path) == nil)
    }
}

@Suite("If-None-Match")
struct EntityTagTests {
    @Test(
        "the tag of the client is found, weak, in a list, or by the star",
        arguments: [
            "\"x\"", "W/\"x\"", "\"a\", \"x\"", "\"a\",W/\"x\" , \"b\"", "*", "  \"x\"  ", ",,\"x\"", "\"a,b\",\"x\"",
        ])
    func matches(_ field: String) {
        #expect(EntityTag.isNoneMatch(field, satisfiedBy: "\"x\""))
    }

    @Test(
        "another or a malformed tag matches nothing",
        arguments: ["", "x", "\"y\"", "\"x", "x\"", "\"X\"", "w/\"x\"", "\"a\" \"x\"", "**", "W/", "\"a\"; \"x\""])
    func differs(_ field: String) {
        #expect(!EntityTag.isNoneMatch(field, satisfiedBy: "\"x\""))
    }
}
