import HTTPServer
import OAuthModel
import WebSyntax

/// Any bytes are a form or none; what a form holds is read back the same when every byte of it is escaped.
func fuzz(_ bytes: [UInt8]) {
    guard let form = try? FormParameters(decoding: bytes) else { return }
    precondition(form.pairs.count <= 100, "more pairs than the limit")
    precondition(form.pairs.allSatisfy { !$0.name.isEmpty }, "a pair without a name")
    precondition(!form.pairs.contains { ($0.name + $0.value).utf8.contains(0) }, "a NUL")
    let again = form.pairs.map { "\(escaped($0.name))=\(escaped($0.value))" }.joined(separator: "&")
    precondition((try? FormParameters(decoding: again.utf8)) == form, "written and read back, it differs")
    for pair in form.pairs {
        let count = form.values(of: pair.name).count
        precondition(((try? form.value(of: pair.name)) != nil) == (count == 1), "a repeated name has a value")
    }
}

private func escaped(_ text: String) -> String {
    text.utf8.map { byte in
        let digits = Array("0123456789aBcDeF".utf8)
        return String(decoding: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]], as: UTF8.self)
    }.joined()
}
