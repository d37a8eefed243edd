@testable import HTTPServer

/// A line is `METHOD target`, each further one `name: value`, as the library hands them over. What is accepted keeps
/// every promise of ``HTTPTarget``, ``HTTPHeaders`` and ``HTTPCookies``; what is refused has a status for it.
func fuzz(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let first = lines[0].split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    let fields = lines.dropFirst().map { line in
        let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        return (name: Array(parts[0]), value: Array(parts.count > 1 ? parts[1] : []))
    }
    let head: RequestHead
    do throws(HTTPRefusal) {
        head = try RequestHead(
            method: Array(first[0]), target: Array(first.count > 1 ? first[1] : []), fields: fields,
            options: HTTPServerOptions())
    } catch {
        precondition((400...431).contains(error.status), "refused with \(error.status)")
        return
    }
    requireTarget(head.target)
    requireHeaders(head.headers, count: fields.count)
    for cookie in HTTPCookies(head.headers).pairs {
        precondition(HTTPSyntax.isToken(cookie.name.utf8), "a cookie's name")
        precondition(cookie.value.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3B }, "a cookie's value")
    }
}

private func requireTarget(_ target: HTTPTarget) {
    let path = target.path
    precondition(path.utf8.first == UInt8(ascii: "/") && path.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a path")
    precondition(!path.contains("//") && !path.contains("#") && !path.contains("?"), "a path in two ways")
    precondition(!path.lowercased().contains("%2f") && !path.contains("%00"), "a hidden slash or NUL")
    precondition(!"\(path)/".contains("/../") && !"\(path)/".contains("/./"), "a dot segment")
}

private func requireHeaders(_ headers: HTTPHeaders, count: Int) {
    precondition(headers.fields.count == count, "a field is lost")
    precondition(headers.values(of: "host").count == 1, "not one Host")
    for name in ["Content-Length", "content-type", "AUTHORIZATION"] {
        precondition(headers.values(of: name).count <= 1, "two of \(name)")
    }
    for field in headers.fields {
        precondition(HTTPSyntax.isToken(field.name.utf8) && HTTPSyntax.isFieldValue(field.value.utf8), "a field")
        precondition(!HTTPSyntax.isSameName(field.name, "Transfer-Encoding"), "a body of unknown length")
    }
}
