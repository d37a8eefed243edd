extension JSON {
    /// Reads one JSON text (RFC 8259), strictly.
    ///
    /// Refused beyond the grammar: a byte order mark, malformed UTF-8, lone surrogates, two members of one
    /// name (also when the names differ only in Unicode normalisation), and whatever passes the limits.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSON {
        try JSONParser<JSON>.parse(bytes, limits: limits)
    }
}

extension JSONNode {
    /// Reads one JSON text as ``JSON/parse(_:limits:)`` does, and keeps the places.
    package static func parse(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONNode {
        try JSONParser<JSONNode>.parse(bytes, limits: limits)
    }
}
