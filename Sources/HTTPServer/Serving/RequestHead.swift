import CMicroHTTPD

/// What stands before the body of a request, checked (RFC 9112 §3, §5, §6).
struct RequestHead: Sendable {
    let method: HTTPMethod
    let target: HTTPTarget
    let query: FormParameters
    let headers: HTTPHeaders

    /// Takes method and target as they stand in the request line, and names and values as the library parsed them.
    /// Throws the first thing that is wrong; what ends the connection goes before everything else, because it must be
    /// said before the body.
    init(
        method: [UInt8], target: [UInt8], fields: [(name: [UInt8], value: [UInt8])], options: HTTPServerOptions
    ) throws(HTTPRefusal) {
        try Self.checkFraming(fields, bodyLimit: options.bodyLimit)
        guard fields.allSatisfy({ HTTPSyntax.isToken($0.name) }) else { throw .ambiguousHead }
        guard target.count <= options.targetLimit else { throw .targetTooLong }
        let size = fields.reduce(0) { $0 + $1.name.count + $1.value.count }
        guard fields.count <= options.headerCountLimit, size <= options.headerBytesLimit else {
            throw .headersTooLarge
        }
        guard let method = HTTPMethod(rawValue: String(decoding: method, as: UTF8.self)) else {
            throw .unknownMethod
        }
        self.method = method
        self.target = try HTTPTarget(target)
        headers = try Self.headers(fields, replacesMalformed: options.replacesMalformedValues)
        do throws(FormParameters.Failure) {
            query =
                try self.target.query.map { text throws(FormParameters.Failure) in
                    try FormParameters(decoding: text.utf8, limit: options.argumentLimit)
                } ?? .none
        } catch {
            throw error == .tooMany ? .tooManyArguments : .malformedQuery
        }
    }

    /// What must be refused before the body is read: a body of unknown or doubtful length, and one that is too long.
    private static func checkFraming(
        _ fields: [(name: [UInt8], value: [UInt8])], bodyLimit: Int
    ) throws(HTTPRefusal) {
        var lengths: [ArraySlice<UInt8>] = []
        for field in fields {
            // A name with something behind it would be overlooked by a plain comparison.
            let name = field.name.prefix(while: HTTPSyntax.isTokenByte)
            if HTTPSyntax.isSameName(name, "Transfer-Encoding") { throw .lengthRequired }
            if HTTPSyntax.isSameName(name, "Content-Length") { lengths.append(HTTPSyntax.trimmed(field.value)) }
        }
        guard let digits = lengths.first else { return }
        guard lengths.count == 1, !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .ambiguousLength
        }
        guard let length = Int(String(decoding: digits, as: UTF8.self)), length <= bodyLimit else {
            throw .bodyTooLarge
        }
    }

    private static func headers(
        _ fields: [(name: [UInt8], value: [UInt8])], replacesMalformed: Bool
    ) throws(HTTPRefusal) -> HTTPHeaders {
        var result = HTTPHeaders()
        for field in fields {
            let value = HTTPSyntax.trimmed(field.value)
            guard let text = HTTPSyntax.text(value) ?? (replacesMalformed ? HTTPSyntax.replacing(value) : nil) else {
                throw .malformedHeader
            }
            result.add(String(decoding: field.name, as: UTF8.self), text)
        }
        guard result.count(of: "Host") == 1 else { throw .malformedHeader }
        for name in ["Content-Length", "Content-Type", "Authorization"] where result.count(of: name) > 1 {
            throw .malformedHeader
        }
        return result
    }
}
