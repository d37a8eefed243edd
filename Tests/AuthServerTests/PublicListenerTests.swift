import HTTPServer
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("the public listener")
struct PublicListenerTests {
    private let health = Health()
    private let listener: PublicListener

    init() {
        listener = PublicListener(Sample.config(), health: health)
    }

    private func ask(
        _ method: HTTPMethod, _ path: String, host: String = Sample.host, headers: [(String, String)] = []
    ) async -> HTTPResponse {
        var all = HTTPHeaders([HTTPHeaders.Field("Host", host)])
        for (name, value) in headers { all.add(name, value) }
        let request = HTTPRequest(method, path, headers: all)
        return await listener.answer(request, listener.route(request))
    }

    private static let places = Sample.documents.flatMap { document in
        document.locations.map { (document, $0) }
    }

    @Test("A01 A03 A18 every document answers at every place with its own bytes, cacheable and open", arguments: places)
    func documents(_ document: RuntimeConfig.Document, _ place: RuntimeConfig.Document.Location) async {
        let response = await ask(.get, place.path, host: place.host)
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == document.body)
        #expect(response.headers["Content-Type"] == "application/json")
        #expect(response.headers["Cache-Control"] == "public, max-age=300")
        #expect(response.headers["ETag"] == document.etag)
        #expect(response.headers["Access-Control-Allow-Origin"] == "*")
        #expect(response.headers["Access-Control-Allow-Credentials"] == nil)
        let head = await ask(.head, place.path, host: place.host)
        #expect(head == response)
    }

    @Test("A11 a client that has the version gets 304 without a body")
    func notModified() async {
        let etag = Sample.documents[0].etag
        for field in [etag, "W/\(etag)", "\"a\", \(etag)", "*"] {
            let response = await ask(.get, Sample.resourcePath, headers: [("If-None-Match", field)])
            #expect(response.status == 304)
            #expect(response.body.isEmpty)
            #expect(response.headers["ETag"] == etag)
        }
        let twice = await ask(
            .get, Sample.resourcePath, headers: [("If-None-Match", "\"a\""), ("If-None-Match", etag)])
        #expect(twice.status == 304)
        let other = await ask(.get, Sample.resourcePath, headers: [("If-None-Match", "\"a\"")])
        #expect(other.status == 200)
    }

    @Test("A07 OPTIONS answers a browser's question for any origin")
    func preflight() async {
        let response = await ask(
            .options, Sample.serverPath,
            headers: [
                ("Origin", "https://x.test"), ("Access-Control-Request-Method", "GET"),
                ("Access-Control-Request-Headers", "mcp-protocol-version"),
            ])
        #expect(response.status == 204)
        #expect(response.headers["Access-Control-Allow-Origin"] == "*")
        #expect(response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS")
        #expect(response.headers["Access-Control-Allow-Headers"]?.contains("MCP-Protocol-Version") == true)
    }

    @Test(
        "other methods on a document give 405 with what is allowed",
        arguments: [HTTPMethod.post, .put, .patch, .delete])
    func wrongMethod(_ method: HTTPMethod) async {
        let response = await ask(method, Sample.serverPath)
        #expect(response.status == 405)
        #expect(response.headers["Allow"] == "GET, HEAD, OPTIONS")
    }

    @Test("A09 forged forwarding headers change no byte")
    func forged() async {
        let plain = await ask(.get, Sample.serverPath)
        let forged = await ask(
            .get, Sample.serverPath,
            headers: [
                ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"), ("X-Forwarded-Proto", "http"),
            ])
        let evil = await ask(.get, Sample.serverPath, host: "evil.example")
        #expect(forged == plain)
        #expect(evil == plain)
    }

    @Test("a path that means two documents is not answered to a foreign host")
    func ambiguous() async {
        let response = await ask(.get, Sample.resourcePath, host: "evil.example")
        #expect(response == CommonAnswers.notFound)
    }

    @Test(
        "A06 A29 S09 unknown paths, other spellings and endpoints not served give one 404",
        arguments: [
            "/", "/favicon.ico", "/.env", "\(Sample.serverPath)EVIL", "\(Sample.serverPath)/", "/.WELL-KNOWN/x",
            "/mcp/authorize", "/mcp/token", "/mcp/register", "/api/connector/oauth/token", "/_verify", "/metrics",
        ])
    func unknown(_ path: String) async {
        for method in [HTTPMethod.get, .post, .options] {
            let response = await ask(method, path)
            #expect(response.status == 404)
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"error":"not_found"}"#)
            #expect(response.headers["Content-Type"] == "application/json")
        }
    }

    @Test("R08 it lives until the end, and is not ready while it drains")
    func health() async {
        #expect(await ask(.get, "/healthz").status == 200)
        #expect(await ask(.head, "/readyz").status == 200)
        #expect(await ask(.post, "/readyz").status == 405)
        health.beginDraining()
        #expect(await ask(.get, "/healthz").status == 200)
        #expect(await ask(.get, "/readyz").status == 503)
    }
}
