import Foundation

/// What an external program said and how it ended.
package struct ProgramRun: Sendable {
    package let status: Int32
    package let output: [UInt8]
    package let errors: [UInt8]

    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// Runs a program to its end with `input` on its standard input. `environment` nil means ours.
    package init(
        _ path: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String]? = nil,
        folder: String? = nil
    ) throws {
        let scratch = try TemporaryFolder()
        try scratch.write("input", input)
        try scratch.write("output", [])
        try scratch.write("errors", [])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        process.standardInput = FileHandle(forReadingAtPath: scratch.path + "/input")
        process.standardOutput = FileHandle(forWritingAtPath: scratch.path + "/output")
        process.standardError = FileHandle(forWritingAtPath: scratch.path + "/errors")
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = try Array(Data(contentsOf: URL(fileURLWithPath: scratch.path + "/output")))
        errors = try Array(Data(contentsOf: URL(fileURLWithPath: scratch.path + "/errors")))
    }
}
