import Foundation
import TestSupport
import Testing

@Suite("the same spec gives the same bytes and modes everywhere")
struct DeterminismTests {
    /// Ways to run a command line in another world; `$@` is the command.
    static let worlds: [(name: String, script: String)] = [
        ("another time zone", "TZ=Pacific/Kiritimati exec \"$@\""),
        ("another locale", "LC_ALL=tr_TR.UTF-8 LANG=de_DE exec \"$@\""),
        // None but what a sanitizer was told, which changes no output.
        ("no environment", "exec env -i ${ASAN_OPTIONS:+\"ASAN_OPTIONS=$ASAN_OPTIONS\"} \"$@\""),
        ("umask 077", "umask 077; exec \"$@\""),
        ("umask 000", "umask 000; exec \"$@\""),
        ("another home and user name", "HOME=/nonexistent USER=somebody LOGNAME=somebody exec \"$@\""),
        (
            "another user",
            "[ \"$(id -u)\" = 0 ] || exec \"$@\"; chmod 777 .; exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\""
        ),
        ("another folder", "mkdir -p a/b/c; exec \"$@\""),
    ]

    @Test("built under other conditions", arguments: worlds.indices)
    func build(index: Int) async throws {
        let product = try BuiltProduct.path("connectorgen")
        var images: [TreeImage] = []
        for script in ["exec \"$@\"", Self.worlds[index].script] {
            let scratch = try TemporaryFolder()
            try scratch.write("connector.yaml", TrialSpec.text(hosts: 3, variant: 0))
            let run = try await ChildProcess.run(
                "/bin/sh", ["-c", script, "sh", product, "build", "connector.yaml", "--out", "out"],
                folder: scratch.path)
            #expect(run.exit == .code(0), "\(Self.worlds[index].name): \(run.output)\(run.errors)")
            images.append(try TreeImage(of: scratch.file("out")))
        }
        #expect(!images[0].isEmpty)
        #expect(images[1].differences(from: images[0]) == [], "\(Self.worlds[index].name)")
    }
}
