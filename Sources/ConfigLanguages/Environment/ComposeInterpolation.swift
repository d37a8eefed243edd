/// `$NAME`, `${NAME}`, `${NAME:-word}` and its relatives `-`, `:+`, `+`, `:?`, `?`, and `$$` for a dollar sign.
package struct ComposeInterpolation {
    package struct Problem: Sendable {
        package let message: String
        package let isError: Bool
        /// The variable that is not set; nil for what cannot be read.
        package let variable: String?
    }

    let environment: [String: String]
    let assigned: [String: String]
    package private(set) var problems: [Problem] = []
    /// The variables that it refers to, in order.
    package private(set) var referenced: [String] = []

    package init(environment: [String: String], assigned: [String: String]) {
        self.environment = environment
        self.assigned = assigned
    }

    package mutating func fillIn(_ value: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var index = 0
        while index < value.count {
            let next = index + 1 < value.count ? value[index + 1] : 0
            guard value[index] == UInt8(ascii: "$") else {
                output.append(value[index])
                index += 1
                continue
            }
            if next == UInt8(ascii: "$") {
                output.append(next)
                index += 2
            } else if EnvName.isStart(next) {
                let end = value[(index + 1)...].firstIndex { !EnvName.isPart($0) } ?? value.count
                output += known(value[index + 1..<end])
                index = end
            } else if next == UInt8(ascii: "{") {
                guard let closing = Self.closingBrace(of: value, from: index),
                    let word = braced(value[index + 2..<closing])
                else {
                    problems.append(
                        Problem(message: "a \"${\" that Compose cannot read", isError: true, variable: nil))
                    return value
                }
                output += word
                index = closing + 1
            } else {
                output.append(value[index])
                index += 1
            }
        }
        return output
    }

    private mutating func braced(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let name = text.prefix { EnvName.isPart($0) }
        guard EnvName.isValid(name) else { return nil }
        var rest = text.dropFirst(name.count)
        if rest.isEmpty { return known(name) }
        let countsEmpty = rest.first == UInt8(ascii: ":")
        if countsEmpty { rest = rest.dropFirst() }
        guard let sign = rest.first else { return nil }
        let word = Array(rest.dropFirst())
        let value = lookUp(name).flatMap { countsEmpty && $0.isEmpty ? nil : $0 }
        switch sign {
        case UInt8(ascii: "-"): return value ?? fillIn(word)
        case UInt8(ascii: "+"): return value == nil ? [] : fillIn(word)
        case UInt8(ascii: "?"):
            if let value { return value }
            let name = String(decoding: name, as: UTF8.self)
            problems.append(
                Problem(message: "Compose demands a value for \(EnvName.shown(name))", isError: true, variable: name))
            return []
        default: return nil
        }
    }

    private mutating func lookUp(_ name: ArraySlice<UInt8>) -> [UInt8]? {
        let name = String(decoding: name, as: UTF8.self)
        referenced.append(name)
        return (environment[name] ?? assigned[name]).map { Array($0.utf8) }
    }

    private mutating func known(_ name: ArraySlice<UInt8>) -> [UInt8] {
        if let value = lookUp(name) { return value }
        let name = String(decoding: name, as: UTF8.self)
        problems.append(
            Problem(message: "\(EnvName.shown(name)) is not set, so this becomes empty", isError: false, variable: name)
        )
        return []
    }

    private static func closingBrace(of value: [UInt8], from start: Int) -> Int? {
        var depth = 0
        for index in start..<value.count {
            if value[index] == UInt8(ascii: "{"), index > start, value[index - 1] == UInt8(ascii: "$") { depth += 1 }
            if value[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
