import Foundation
import JSONSyntax
import TestSupport

/// A program that reads env files, driven to read many texts at once. It gets a JSON array of texts on standard input
/// and answers with an array of objects; null stands for a text that it refuses. Where it reads files, each is a new
/// one: ext4 flushes a file that is truncated and written again to the disk, which takes longer than all the reading.
struct RealReader: Sendable {
    let program: Tool
    let arguments: [String]

    static let node = RealReader(
        program: .node,
        arguments: [
            "-e",
            """
            const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
            console.log(JSON.stringify(texts.map((text) => require("util").parseEnv(text))));
            """,
        ])

    static let pythonDotenv = RealReader(
        program: .python,
        arguments: [
            "-c",
            """
            import dotenv, json, os, sys, tempfile
            os.environ["HOSTVAR"] = "fromhost"
            answers = []
            with tempfile.TemporaryDirectory() as folder:
                for text in json.load(sys.stdin):
                    path = os.path.join(folder, "env")
                    with open(path, "w", encoding="utf-8", newline="") as file:
                        file.write(text)
                    answers.append(dotenv.dotenv_values(path))
                    os.remove(path)
            json.dump(answers, sys.stdout)
            """,
        ])

    /// `load_env_file_pairs` of the systemd that is installed.
    static let systemd = RealReader(
        program: Tool("python3", at: "/usr/bin/python3"),
        arguments: [
            "-c",
            """
            import ctypes, glob, json, os, sys, tempfile
            library = ctypes.CDLL(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so")[0])
            answers = []
            with tempfile.TemporaryDirectory() as folder:
                for text in json.load(sys.stdin):
                    path = os.path.join(folder, "env").encode()
                    with open(path, "wb") as file:
                        file.write(text.encode())
                    pairs = ctypes.POINTER(ctypes.c_char_p)()
                    status = library.load_env_file_pairs(None, path, ctypes.byref(pairs))
                    os.remove(path)
                    found, index = {}, 0
                    while status >= 0 and pairs and pairs[index] is not None:
                        found[pairs[index].decode()] = pairs[index + 1].decode()
                        index += 2
                    answers.append(found if status >= 0 else None)
            json.dump(answers, sys.stdout)
            """,
        ])

    static let dotenv = RealReader(
        program: .node,
        arguments: [
            "-e",
            """
            const dotenv = require(process.env.CONNECTORGEN_DOTENV);
            const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
            console.log(JSON.stringify(texts.map((text) => dotenv.parse(text))));
            """,
        ])

    struct Failure: Error {
        let text: String
    }

    func read(_ texts: [String]) async throws -> [[String: String?]?] {
        let input = JSON.array(texts.map { .string($0) }).encoded(.compact)
        let ended = try await ChildProcess.run(
            try program.required(), arguments, input: input, deadline: .seconds(120))
        guard ended.exit == .code(0) else { throw Failure(text: ended.errors) }
        let answers = try JSON.parse(Array(ended.output.utf8), limits: JSONLimits()).array ?? []
        return answers.map { answer in
            answer.members.map { members in
                Dictionary(members.map { ($0.name, $0.value.string) }) { _, last in last }
            }
        }
    }
}
