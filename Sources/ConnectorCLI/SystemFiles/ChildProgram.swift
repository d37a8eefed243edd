import CSystemCalls
import Glibc

/// A program that is run to its end, without a shell: its arguments are what they are.
enum ChildProgram {
    struct Outcome {
        /// 0 to 255; of one that died of a signal 128 and its number.
        let status: Int32
        let output: [UInt8]
        let errors: String
    }

    /// Runs a program of `PATH`.
    static func run(_ name: String, _ arguments: [String]) throws(FileError) -> Outcome {
        var (output, errors): (Int32, Int32) = (-1, -1)
        var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
        let child = connectorgen_start(&words, &output, &errors)
        for word in words { free(word) }
        guard child > 0 else {
            throw FileError("run", name, code: -child, advice: "install it, or name a directory instead of a revision")
        }
        let streams = try drain(output, errors, of: name)
        var status: Int32 = 0
        _ = try checked("run", name) { waitpid(child, &status, 0) }
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return Outcome(status: code, output: streams.0, errors: String(decoding: streams.1, as: UTF8.self))
    }

    /// Reads both streams as they come, so that the child never waits for a full one.
    private static func drain(
        _ output: Int32, _ errors: Int32, of name: String
    ) throws(FileError) -> ([UInt8], [UInt8]) {
        defer {
            close(output)
            close(errors)
        }
        var texts: [[UInt8]] = [[], []]
        var waiting = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        while waiting.contains(where: { $0.fd >= 0 }) {
            _ = try checked("read from", name) { poll(&waiting, nfds_t(waiting.count), -1) }
            for index in waiting.indices where waiting[index].fd >= 0 && waiting[index].revents != 0 {
                let descriptor = waiting[index].fd
                var count: Int32 = 0
                let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
                    count = Int32(clamping: read(descriptor, buffer.baseAddress, buffer.count))
                    filled = max(Int(count), 0)
                }
                if count < 0, errno == EINTR { continue }
                if chunk.isEmpty { waiting[index].fd = -1 } else { texts[index] += chunk }
            }
        }
        return (texts[0], texts[1])
    }
}
