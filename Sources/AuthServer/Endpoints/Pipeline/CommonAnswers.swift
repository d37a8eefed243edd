import HTTPServer

/// Answers that are the same wherever they are given. Nothing of a request is ever repeated in them.
enum CommonAnswers {
    private static let uncached: HTTPHeaders = ["Cache-Control": "no-store"]

    static let notFound = HTTPResponse.json(404, #"{"error":"not_found"}"#, headers: uncached)

    /// A legacy alias after its sunset.
    static let gone = HTTPResponse.json(410, #"{"error":"gone"}"#, headers: uncached)

    /// RFC 9110 §15.5.6: the methods that would have been right.
    static func methodNotAllowed(_ allowed: [HTTPMethod]) -> HTTPResponse {
        let methods = allowed.map(\.rawValue).joined(separator: ", ")
        return .json(
            405, #"{"error":"method_not_allowed"}"#, headers: ["Allow": methods, "Cache-Control": "no-store"])
    }

    static func status(_ status: Int, _ word: String) -> HTTPResponse {
        .json(status, "{\"status\":\"\(word)\"}", headers: uncached)
    }
}
