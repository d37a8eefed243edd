import Foundation

/// An executable of this package, as built beside the tests.
package enum BuiltProduct {
    /// The absolute path of the product; the environment variable `CONNECTORGEN_PRODUCTS` names another folder, so
    /// that the same tests can run against a release build.
    package static func path(_ name: String) throws -> String {
        let path = try folder() + "/" + name
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
        return path
    }

    private static func folder() throws -> String {
        if let folder = ProcessInfo.processInfo.environment["CONNECTORGEN_PRODUCTS"] { return folder }
        // The runner was told which test bundle to load; the products stand beside it.
        for argument in CommandLine.arguments {
            guard let end = argument.range(of: ".xctest") else { continue }
            return URL(fileURLWithPath: String(argument[..<end.upperBound])).deletingLastPathComponent().path
        }
        throw Missing(path: "the folder of the built products")
    }

    package struct Missing: Error, CustomStringConvertible {
        let path: String
        package var description: String { "\(path) is not there; build the package first" }
    }
}
