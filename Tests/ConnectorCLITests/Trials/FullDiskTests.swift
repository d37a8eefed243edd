import Foundation
import TestSupport
import Testing

@testable import ConnectorCLI

@Suite("a full disk leaves the old tree")
struct FullDiskTests {
    /// The command by which this machine lets us have mounts of our own; nil when it does not.
    static func namespace() async -> [String]? {
        for command in [["unshare", "-m"], ["unshare", "-rm"]] {
            let probe = try? await ChildProcess.run(
                "/usr/bin/env", command + ["sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"])
            if probe?.exit == .code(0) { return command }
        }
        return nil
    }

    @Test(
        "with less and less room, the old tree stays and nothing is left beside it",
        .enabled("this machine permits no mount namespace") { await namespace() != nil })
    func tmpfs() async throws {
        let command = try #require(await Self.namespace())
        let scratch = try TemporaryFolder()
        for variant in 0...1 {
            try scratch.write("spec\(variant)/connector.yaml", TrialSpec.text(hosts: 20, variant: variant))
        }
        // The old tree is built with room for two; then a filler leaves ever less.
        let script = """
            set -eu
            product=$1 disk=$2
            mount -t tmpfs -o size=4m tmpfs "$disk"
            "$product" build spec0/connector.yaml --out "$disk/out" --quiet
            image() { (cd "$disk" && find out -printf '%p %m %i %T@\\n' | sort && find out -type f -exec sha256sum {} +); }
            before=$(image)
            refused=0
            for room in 0 4 8 16 32 64 96 128 192 256 384; do
                free=$(df --output=avail -k "$disk" | tail -1)
                head -c "$(((free - room) * 1024))" /dev/zero > "$disk/filler"
                status=0
                "$product" build spec1/connector.yaml --out "$disk/out" --quiet 2> errors || status=$?
                rm "$disk/filler"
                if [ "$status" = 0 ]; then break; fi
                [ "$status" = 3 ] || { echo "room $room: status $status"; cat errors; exit 1; }
                grep -q 'No space left on device' errors || { cat errors; exit 1; }
                [ "$(image)" = "$before" ] || { echo "room $room: the tree changed"; exit 1; }
                [ "$(ls -A "$disk")" = out ] || { echo "room $room: left over"; ls -A "$disk"; exit 1; }
                refused=$((refused + 1))
            done
            echo "refused $refused times, then $status"
            [ "$refused" -ge 2 ]
            """
        try scratch.write("disk/.keep", "")
        let run = try await ChildProcess.run(
            "/usr/bin/env",
            command + ["sh", "-c", script, "sh", BuiltProduct.path("connectorgen"), scratch.file("disk")],
            folder: scratch.path, deadline: .seconds(120))
        #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
    }

    @Test("a limit on file sizes is a failure of the environment, not a signal")
    func fileSizeLimit() async throws {
        let scratch = try TemporaryFolder()
        try scratch.write("connector.yaml", TrialSpec.text(hosts: 20, variant: 0))
        let run = try await ChildProcess.run(
            "/bin/sh",
            ["-c", "ulimit -f 1; exec \"$0\" build connector.yaml --out out", BuiltProduct.path("connectorgen")],
            folder: scratch.path)
        #expect(run.exit == .code(3), "\(run.output)\(run.errors)")
        #expect(run.errors.contains("File too large"))
        #expect(try Directory.opening(scratch.path).names() == ["connector.yaml"])
    }
}
