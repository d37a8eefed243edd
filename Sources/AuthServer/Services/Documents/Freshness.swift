import HTTPClient

/// For how long an answer may be used without asking again (RFC 9111 §4.2), reckoned as a cache for many users does.
enum Freshness {
    /// However long the answer says.
    static let longest = 86_400
    /// When the answer says nothing.
    static let assumed = 300

    /// Seconds from the moment of the request; 0 for an answer that is good for this one question.
    static func seconds(of answer: HTTPClientResponse) -> Int {
        guard answer["vary"]?.contains("*") != true else { return 0 }
        let lifetime = lifetime(of: answer)
        // A malformed age is none (RFC 9111 §5.1); the time that the answer took lies between request and answer.
        let age = answer["age"].flatMap { digits($0) } ?? 0
        return min(max(0, lifetime - age), longest)
    }

    private static func lifetime(of answer: HTTPClientResponse) -> Int {
        var lifetime: Int?
        var sharedLifetime: Int?
        for directive in (answer["cache-control"] ?? "").utf8.split(separator: UInt8(ascii: ",")) {
            let parts = directive.split(separator: UInt8(ascii: "="), maxSplits: 1).map { text(trimmed: $0) }
            let argument = parts.count == 2 ? parts[1] : ""
            switch parts.first?.lowercased() {
            case "no-store", "no-cache", "private": return 0
            // Of two that contradict each other the shorter counts, and a malformed one is 0.
            case "max-age": lifetime = min(lifetime ?? .max, digits(argument) ?? 0)
            case "s-maxage": sharedLifetime = min(sharedLifetime ?? .max, digits(argument) ?? 0)
            default: break
            }
        }
        // A date of expiry alone is not read: such an answer is asked for again each time.
        return sharedLifetime ?? lifetime ?? (answer["expires"] == nil ? assumed : 0)
    }

    private static func text(trimmed bytes: Substring.UTF8View) -> String {
        let kept = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "\"") }
        let end = kept.lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: "\"") }
        return end.map { String(Substring(kept[...$0])) } ?? ""
    }

    /// Delta-seconds (RFC 9111 §1.2.2); more than we count to is as much as we count to.
    private static func digits(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return Int(text) ?? .max
    }
}
