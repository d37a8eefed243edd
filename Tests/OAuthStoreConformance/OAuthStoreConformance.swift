import Glibc
package import OAuthStores

/// What every store must do, as trials that a test runs over each of them. A trial gets an empty store and throws at
/// the first thing that is wrong.
package struct OAuthStoreConformance: Sendable, CustomStringConvertible {
    package let name: String
    package let run: @Sendable (any OAuthStore) async throws -> Void

    package var description: String { name }

    init(_ name: String, _ run: @escaping @Sendable (any OAuthStore) async throws -> Void) {
        self.name = name
        self.run = run
    }

    package static let all =
        clientTrials + documentTrials + pendingTrials + codeTrials + refreshTrials + userTrials + operatorTrials
        + upkeepTrials

    /// How often the trials of races are repeated; more by `CONNECTORGEN_ROUNDS`.
    static let rounds = getenv("CONNECTORGEN_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 100

    package struct Violation: Error, CustomStringConvertible {
        package let description: String
    }
}

/// Throws unless both are equal.
func expect<Value: Equatable>(
    _ found: Value, _ expected: Value, file: StaticString = #fileID, line: UInt = #line
) throws {
    guard found == expected else {
        throw OAuthStoreConformance.Violation(description: "\(file):\(line): \(found) is not \(expected)")
    }
}
