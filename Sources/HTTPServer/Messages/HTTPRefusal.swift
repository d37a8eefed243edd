/// Why the server answers a request itself.
package enum HTTPRefusal: Error, Hashable, Sendable, CaseIterable {
    case malformedTarget
    case unknownMethod
    case malformedHeader
    /// A name that is no token, a folded line, a NUL: another reader may see other fields, and so another length.
    case ambiguousHead
    case malformedQuery
    case tooManyArguments
    /// A length that is no number, or two of them: where the next request begins is anyone's guess.
    case ambiguousLength
    case lengthRequired
    case bodyTooLarge
    case targetTooLong
    case headersTooLarge
    /// The handler threw.
    case handlerFailed
    /// The handler's answer could not be sent as it stood.
    case unsendableResponse
    /// The handler took longer than it may.
    case deadlineExceeded
    /// The server has stopped taking requests.
    case draining

    package var status: Int {
        switch self {
        case .malformedTarget, .malformedHeader, .ambiguousHead, .malformedQuery, .tooManyArguments, .ambiguousLength:
            400
        case .unknownMethod: 405
        case .lengthRequired: 411
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .headersTooLarge: 431
        case .handlerFailed, .unsendableResponse: 500
        case .deadlineExceeded, .draining: 503
        }
    }

    /// True when the rest of the request is not read, so that the connection cannot go on.
    var endsConnection: Bool {
        switch self {
        case .ambiguousHead, .ambiguousLength, .lengthRequired, .bodyTooLarge, .draining: true
        default: false
        }
    }

    /// A plain answer: a JSON object with the one word `error`.
    package var response: HTTPResponse {
        var response = HTTPResponse.json(status, "{\"error\":\"\(word)\"}", headers: ["Cache-Control": "no-store"])
        switch self {
        case .unknownMethod:
            response.headers.add("Allow", HTTPMethod.allCases.map(\.rawValue).joined(separator: ", "))
        case .deadlineExceeded, .draining: response.headers.add("Retry-After", "5")
        default: break
        }
        return response
    }

    /// The answer byte for byte, for a connection that ends behind it.
    var closingBytes: [UInt8] {
        let response = response
        var head = "HTTP/1.1 \(status) \r\nConnection: close\r\nContent-Length: \(response.body.count)\r\n"
        for field in response.headers.fields { head += "\(field.name): \(field.value)\r\n" }
        return Array("\(head)\r\n".utf8) + response.body
    }

    private var word: String {
        switch self {
        case .handlerFailed, .unsendableResponse: "server_error"
        case .deadlineExceeded, .draining: "temporarily_unavailable"
        default: "invalid_request"
        }
    }
}
