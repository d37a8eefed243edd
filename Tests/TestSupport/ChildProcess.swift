package import Foundation
import Glibc

/// A program started for a test: its pipes, its signals, its end.
///
/// Output is drained all the time, so a talkative child never blocks. A child that outlives its test is killed when
/// the last reference goes. Only the process that was started here is ever signalled.
package final class ChildProcess: Sendable {
    package enum Exit: Hashable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    /// What a program that ran to its end left behind.
    package struct Completed: Sendable {
        package let exit: Exit
        package let output: String
        package let errors: String
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    package let pid: pid_t
    /// Standard output so far.
    package let output = ChildOutput()
    /// Standard error so far.
    package let errors = ChildOutput()
    private let ending = Ending()
    private static let starting = NSLock()

    /// Starts `executable` (an absolute path). `environment` is the child's whole environment, nil hands on that of
    /// the test; so with `folder`, its working directory; `input` is all of its standard input.
    package init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String]? = nil,
        folder: String? = nil, input: [UInt8] = []
    ) throws {
        // One start at a time: a pipe must not slip into another child before it is marked close-on-exec.
        Self.starting.lock()
        defer { Self.starting.unlock() }
        let inputPipe = try Self.pipe()
        let outputPipe = try Self.pipe()
        let errorPipe = try Self.pipe()
        defer { for fd in [inputPipe.read, outputPipe.write, errorPipe.write] { close(fd) } }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputPipe.read, 0)
        posix_spawn_file_actions_adddup2(&actions, outputPipe.write, 1)
        posix_spawn_file_actions_adddup2(&actions, errorPipe.write, 2)

        // The runner may have blocked or ignored signals; the child starts with none of that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let variables = environment ?? ProcessInfo.processInfo.environment
        let command = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [executable] + arguments
        let argumentStrings = command.map { strdup($0) } + [nil]
        let environmentStrings = variables.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for string in argumentStrings + environmentStrings { free(string) } }

        var started: pid_t = 0
        let error = posix_spawn(&started, command[0], &actions, &attributes, argumentStrings, environmentStrings)
        guard error == 0 else {
            for fd in [inputPipe.write, outputPipe.read, errorPipe.read] { close(fd) }
            throw Failure(description: "cannot start \(executable): \(String(cString: strerror(error)))")
        }
        pid = started
        output.drain(outputPipe.read)
        errors.drain(errorPipe.read)
        Self.feed(input, to: inputPipe.write)
        ending.watch(pid, after: [output, errors])
    }

    deinit {
        // Still ours: the watcher has not reaped it, so the id cannot belong to another process.
        ending.ifRunning { kill(pid, SIGKILL) }
    }

    /// Sends a signal, unless the child has ended.
    package func signal(_ number: Int32) {
        ending.ifRunning { kill(pid, number) }
    }

    /// Waits for the end and for the last byte of output; kills the child and throws when the deadline passes.
    package func wait(deadline: Duration = .seconds(30)) async throws -> Exit {
        let ending = ending
        if let exit = try await onThread({ ending.wait(deadline) }) { return exit }
        signal(SIGKILL)
        throw Failure(
            description: "process \(pid) still ran after \(deadline); its standard error was: \(errors.text)")
    }

    /// Runs a program to its end.
    package static func run(
        _ executable: String, _ arguments: [String] = [], environment: [String: String]? = nil,
        folder: String? = nil, input: [UInt8] = [], deadline: Duration = .seconds(30)
    ) async throws -> Completed {
        let child = try ChildProcess(
            executable, arguments, environment: environment, folder: folder, input: input)
        let exit = try await child.wait(deadline: deadline)
        return Completed(exit: exit, output: child.output.text, errors: child.errors.text)
    }

    private static func pipe() throws -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw Failure(description: "no pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func feed(_ input: [UInt8], to fd: Int32) {
        guard !input.isEmpty else {
            close(fd)
            return
        }
        Thread.detachNewThread {
            // A child that does not read its input ends the pipe; that must not end the tests.
            var blocked = sigset_t()
            sigemptyset(&blocked)
            sigaddset(&blocked, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &blocked, nil)
            var sent = 0
            while sent < input.count {
                let count = input[sent...].withUnsafeBytes { write(fd, $0.baseAddress, $0.count) }
                if count <= 0 { break }
                sent += count
            }
            close(fd)
        }
    }
}

extension ChildProcess {
    /// The program that was built beside the tests.
    package static func product(_ name: String) throws -> String {
        // The test bundle stands in the folder of the products.
        let candidates = CommandLine.arguments + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
        for candidate in candidates where candidate.contains("/") {
            var folder = URL(fileURLWithPath: candidate)
            for _ in 0..<3 {
                let path = folder.appendingPathComponent(name).path
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
                    return path
                }
                folder.deleteLastPathComponent()
            }
        }
        throw Failure(description: "\(name) was not found beside the tests: \(candidates)")
    }
}

/// The end of a child, told once to everyone who waits.
private final class Ending: Sendable {
    private let condition = NSCondition()
    private nonisolated(unsafe) var exit: ChildProcess.Exit?  // guarded by `condition`
    private nonisolated(unsafe) var isDrained = false  // guarded by `condition`

    func watch(_ pid: pid_t, after outputs: [ChildOutput]) {
        Thread.detachNewThread { [self] in
            // Wait without reaping, so that nobody signals an id that was given to another process.
            var info = siginfo_t()
            while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            var status: Int32 = 0
            condition.lock()
            while waitpid(pid, &status, 0) == -1, errno == EINTR {}
            let low = status & 0x7F
            exit = low == 0 ? .code((status >> 8) & 0xFF) : .signal(low)
            condition.unlock()
            for output in outputs { output.waitForEnd(.seconds(2)) }
            condition.lock()
            isDrained = true
            condition.broadcast()
            condition.unlock()
        }
    }

    func ifRunning(_ body: () -> Void) {
        condition.lock()
        if exit == nil { body() }
        condition.unlock()
    }

    func wait(_ deadline: Duration) -> ChildProcess.Exit? {
        let limit = Date(timeIntervalSinceNow: deadline / .seconds(1))
        condition.lock()
        defer { condition.unlock() }
        while !isDrained, condition.wait(until: limit) {}
        return isDrained ? exit : nil
    }
}
