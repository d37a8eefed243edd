package import Diagnostics
import WebSyntax

extension SourceMap {
    /// Says so where nothing is written because `#` took the rest of the line for a comment, `client_id: #cid_1`; nil
    /// for every other place. The span is that of the key, or the empty one of the value.
    package func noteOfComment(behind span: Span) -> String? {
        let bytes = self[span.file].bytes
        guard span.end < bytes.count else { return nil }
        var rest = bytes[span.end...].prefix { $0 != 0x0A && $0 != 0x0D }
        if !span.isEmpty {
            guard rest.first == .colon else { return nil }
            rest = rest.dropFirst()
        }
        guard rest.first(where: { $0 != 0x20 && $0 != 0x09 }) == .hash else { return nil }
        return "`#` behind a space begins a comment; a value that begins with `#` is quoted"
    }
}
