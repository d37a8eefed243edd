/// What a file of variables is written in: a dialect of env files, or the ecosystem file of PM2.
package enum VariableFileFormat: Hashable, Sendable, CaseIterable, RawRepresentable {
    case env(EnvDialect)
    case pm2

    package static let allCases: [VariableFileFormat] = EnvDialect.allCases.map { .env($0) } + [.pm2]

    package init?(rawValue: String) {
        guard let format = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = format
    }

    package var rawValue: String {
        switch self {
        case .env(let dialect): dialect.rawValue
        case .pm2: "pm2"
        }
    }

    /// True when a file of this format can hold the value.
    package func carries(_ value: String) -> Bool {
        switch self {
        case .env(let dialect): (try? dialect.encode(value)) != nil
        case .pm2: PM2Ecosystem.carries(value)
        }
    }
}
