/// A TCP port: 1 to 65535, without leading zeros.
enum Port {
    static func parse(_ digits: Substring, expected: String) throws(InvalidValue) -> Int {
        guard digits.utf8.count <= 5, digits.utf8.first != 0x30, digits.utf8.allSatisfy(\.isDigit),
            let port = Int(digits), (1...65535).contains(port)
        else {
            throw InvalidValue(
                digits.isEmpty ? "has a colon but no port" : "has no port between 1 and 65535", expected: expected,
                kind: .urlNotCanonical)
        }
        return port
    }
}
