import CSystemCalls
import Glibc

/// The environment said no: exit status 3. Never a finding about what the user wrote.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried: `read`, `create`, `swap`.
    package let operation: String
    /// As the user would name it.
    package let path: String
    /// The reason, in the system's words or ours.
    package let reason: String
    /// What to do about it, where that is known.
    package let advice: String?
    /// The system's error number; 0 where the refusal is our own.
    package let code: Int32

    package init(_ operation: String, _ path: String, reason: String, advice: String? = nil) {
        self.operation = operation
        self.path = path
        self.reason = reason
        self.advice = advice
        code = 0
    }

    package init(_ operation: String, _ path: String, code: Int32, advice: String? = nil) {
        self.operation = operation
        self.path = path
        reason = String(cString: connectorgen_error_text(code))
        self.advice = advice
        self.code = code
    }

    /// `cannot write out/nginx/a.conf: No space left on device`
    package var description: String {
        "cannot \(operation) \(path): \(reason)" + (advice.map { "; \($0)" } ?? "")
    }
}

/// Calls again while a signal interrupts, and turns -1 into a failure.
func checked(
    _ operation: String, _ path: @autoclosure () -> String, _ call: () -> Int32
) throws(FileError) -> Int32 {
    while true {
        let result = call()
        if result >= 0 { return result }
        let code = errno
        if code != EINTR { throw FileError(operation, path(), code: code) }
    }
}
