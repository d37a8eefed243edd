/// What a client asks on its way in.
package struct ClientRequest: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            (self.name, self.value) = (name, value)
        }
    }

    package var method: String
    package var url: String
    package var headers: [Field]
    /// JSON, or `application/x-www-form-urlencoded`, as its `Content-Type` says.
    package var body: String?

    package init(_ method: String = "GET", _ url: String, headers: [Field] = [], body: String? = nil) {
        (self.method, self.url, self.headers, self.body) = (method, url, headers, body)
    }
}

/// What it gets.
package struct ClientResponse: Hashable, Sendable {
    package var status: Int
    package var headers: [ClientRequest.Field]
    package var body: [UInt8]

    package init(_ status: Int, headers: [ClientRequest.Field] = [], body: [UInt8] = []) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// The values of a field, by its name in any case.
    package func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The values of a field as one list (RFC 9110, section 5.3); nil without the field.
    func value(of name: String) -> String? {
        let found = values(of: name)
        return found.isEmpty ? nil : found.joined(separator: ", ")
    }
}

package enum ClientAnswer: Hashable, Sendable {
    case response(ClientResponse)
    /// No answer at all, and why, as a sentence without its full stop.
    case failed(String)
    /// What answers cannot say, and why: a model that does not know, or a live server that is not to be changed.
    case withheld(String)
}

/// What answers a client: a plan, the files of a proxy, or a live server.
package protocol ClientEdge {
    func answer(_ request: ClientRequest) -> ClientAnswer

    /// Sends a person to an authorization URL, and says what came back to the redirect URI: the members of its query.
    func authorize(_ url: String) -> AuthorizationReturn
}

/// What a person's browser brings back.
package enum AuthorizationReturn: Hashable, Sendable {
    case returned([ClientRequest.Field])
    case failed(String)
    case withheld(String)
}
