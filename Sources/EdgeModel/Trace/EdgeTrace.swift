package import Diagnostics

/// The way that a request takes through the edge, and what it comes to.
package struct EdgeTrace: Sendable {
    /// One decision.
    package struct Step: Hashable, Sendable {
        /// A sentence without its full stop, in Markdown.
        package let text: String
        /// The directive that decides; nil for what nginx does of itself.
        package let span: Span?
    }

    /// What somebody gets to see.
    package enum Outcome: Hashable, Sendable {
        /// An answer of the edge itself; `location` and `body` as they are sent, nil where there is none.
        case answered(status: Int, location: String?, body: String?)
        case proxied(UpstreamRequest)
        /// A file below a document root, which may be there or not.
        case file(path: String)
        /// Another program gets the request, by a protocol that is not HTTP: `fastcgi_pass`.
        case handed(to: String)
        /// The connection is closed without an answer (`return 444`).
        case closed
        /// What decides is not known here; why, as a sentence without its full stop.
        case unknown(String)
    }

    /// A field that is added to an answer.
    package struct AddedHeader: Hashable, Sendable {
        package let name: String
        package let value: String
        /// True with `always`: on every status.
        package let isAlways: Bool
        /// False where variables in the value get theirs elsewhere: it may be empty, and then nothing is added.
        package let isKnown: Bool
    }

    package var steps: [Step] = []
    package var outcome: Outcome = .unknown("nothing was asked")
    /// The location that answers, as it is written; nil where none fits.
    package var location: NginxLocationName?
    /// Where that location stands.
    package var locationSpan: Span?
    /// `add_header` where the answer is made, for the statuses that it is meant for.
    package var addedHeaders: [AddedHeader] = []
    /// The status that an `error_page` gives the answer of what it leads to.
    package var forcedStatus: Int?
    /// Questions to an authorization service before the answer, each with what it came to.
    package var questions: [UpstreamRequest] = []
    /// Seconds of silence after which a request to an upstream ends; nil where none is asked.
    package var readTimeout: String?
    /// True where an upstream's answer is collected before the client sees it.
    package var isBuffered = false
}

/// A request as an upstream receives it.
package struct UpstreamRequest: Hashable, Sendable {
    package let method: String
    package let scheme: String
    /// The name of an `upstream` block, or an address.
    package let server: String
    /// Path and query, byte for byte.
    package let target: String
    /// The fields that the edge sets, and those of the client that it leaves.
    package let headers: [EdgeRequest.Header]

    /// The values of a field, by its name in any case.
    package func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

extension EdgeTrace.Outcome {
    /// The status that the edge itself gives; nil where somebody else does.
    package var status: Int? { if case .answered(let status, _, _) = self { status } else { nil } }
}
