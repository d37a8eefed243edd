import ConnectorChecks
import Diagnostics

/// `explain CG301`: the page of a rule, offline.
enum CodeExplanation {
    /// True for `CG301`, in any case of letters.
    static func isCode(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 5 && bytes[0] | 0x20 == UInt8(ascii: "c") && bytes[1] | 0x20 == UInt8(ascii: "g")
            && bytes[2...].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The page of a rule by its code or its name; nil when the text is neither.
    static func outcome(_ text: String) -> Outcome? {
        if let rule = RuleRegistry.rule(named: text) { return Outcome(rule.documentation.plainText) }
        if isCode(text) { return Outcome(notices: "there is no page for \(text)\n", status: .findings) }
        return nil
    }
}
