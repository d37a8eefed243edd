import HTTPServer
import OAuthProtocol

/// The answer to a refused request: a page for a browser, JSON for a program.
enum ErrorAnswer {
    static func response(_ rejection: Rejection, to request: HTTPRequest, _ pages: Pages) -> HTTPResponse {
        var response: HTTPResponse
        if prefersHTML(request) {
            response = pages.response(MessagePage(rejection))
        } else {
            let wire = rejection.wire
            // The status of the page: nobody can authenticate here, so there is no 401.
            response = HTTPResponse(
                wire.pageStatus, headers: HTTPHeaders(wire.answerFields.map { HTTPHeaders.Field($0.name, $0.value) }),
                text: wire.body)
        }
        response.headers.add("Vary", "Accept")
        return response
    }

    /// True when `Accept` names HTML, and no worse than JSON (RFC 9110 §12.5.1). A range like `*/*` names nothing:
    /// programs send it without a thought.
    static func prefersHTML(_ request: HTTPRequest) -> Bool {
        let ranges = request.headers.values(of: "Accept").flatMap { field in
            field.utf8.split(separator: UInt8(ascii: ",")).map { AcceptedRange(Substring($0)) }
        }
        func quality(_ types: [String]) -> Int {
            ranges.filter { range in types.contains { range.isNamed($0) } }.map(\.quality).max() ?? 0
        }
        let html = quality(["text/html", "application/xhtml+xml"])
        return html > 0 && html >= quality(["application/json"])
    }
}

/// One range of an `Accept` field.
private struct AcceptedRange {
    private let type: Substring
    /// Thousandths; 0 also for a weight that is none.
    let quality: Int

    init(_ text: Substring) {
        let parts = text.utf8.split(separator: UInt8(ascii: ";")).map { Self.trimmed(Substring($0)) }
        type = parts.first ?? ""
        let weight = parts.dropFirst().first { $0.utf8.starts(with: "q=".utf8) || $0.utf8.starts(with: "Q=".utf8) }
        quality = weight.map { Self.thousandths($0.dropFirst(2)) } ?? 1000
    }

    func isNamed(_ name: String) -> Bool {
        type.utf8.elementsEqual(name.utf8) { left, right in
            (left &- 0x41 < 26 ? left | 0x20 : left) == right
        }
    }

    /// `0`, `1`, `0.5`, `1.000` (RFC 9110 §12.4.2).
    private static func thousandths(_ text: Substring) -> Int {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), bytes.count <= 5,
            bytes.count < 2 || bytes[1] == UInt8(ascii: "."),
            bytes.dropFirst(2).allSatisfy({ (0x30...0x39).contains($0) })
        else { return 0 }
        var value = Int(first - 0x30)
        for place in 2..<5 { value = value * 10 + (place < bytes.count ? Int(bytes[place] - 0x30) : 0) }
        return min(value, 1000)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.utf8.first == 0x20 || text.utf8.first == 0x09 { text.removeFirst() }
        while text.utf8.last == 0x20 || text.utf8.last == 0x09 { text.removeLast() }
        return text
    }
}
