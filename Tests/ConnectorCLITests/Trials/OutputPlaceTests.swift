import Foundation
import TestSupport
import Testing

@testable import ConnectorCLI

@Suite("places where an output directory cannot be swapped are refused by name, and stay as they are")
struct OutputPlaceTests {
    let scratch: TemporaryFolder

    init() throws {
        scratch = try TemporaryFolder()
        try scratch.write("connector.yaml", TrialSpec.text(hosts: 1, variant: 0))
    }

    private static func isRoot() async -> Bool {
        let probe = try? await ChildProcess.run("/usr/bin/env", ["setpriv", "--reuid=65534", "--clear-groups", "true"])
        return probe?.exit == .code(0)
    }

    @Test(
        "a mount point as the output directory, or within it",
        .enabled("this machine permits no mount namespace") { await FullDiskTests.namespace() != nil })
    func mounted() async throws {
        let command = try #require(await FullDiskTests.namespace())
        let script = """
            mkdir -p disk/out kept/out/inner
            mount -t tmpfs tmpfs disk && mount -t tmpfs tmpfs kept/out/inner
            for out in disk kept/out; do
                "$1" build connector.yaml --out "$out"; echo "status $?"; find "$out"
            done
            "$1" build connector.yaml --out disk/out --quiet; echo "status $?"
            """
        let run = try await ChildProcess.run(
            "/usr/bin/env", command + ["sh", "-c", script, "sh", BuiltProduct.path("connectorgen")],
            folder: scratch.path)
        #expect(run.output == "status 3\ndisk\nstatus 3\nkept/out\nkept/out/inner\nstatus 0\n", "\(run.errors)")
        #expect(run.errors.contains("disk: it is a mount point"), "\(run.errors)")
        #expect(run.errors.contains("inner: another file system is mounted there"), "\(run.errors)")
    }

    @Test(
        "a parent that is not writable",
        .enabled("this user cannot become another") { await isRoot() })
    func notWritable() async throws {
        let script = """
            chmod 755 . && mkdir -m 755 fixed && "$1" build connector.yaml --out fixed/out --quiet
            sed -i s/cid_trial/cid_other/ connector.yaml; chmod 644 connector.yaml
            before=$(find fixed -type f -exec sha256sum {} + | sort)
            cp "$1" product && chmod 755 product
            setpriv --reuid=65534 --regid=65534 --clear-groups ./product build connector.yaml --out fixed/out
            echo "status $?"
            setpriv --reuid=65534 --regid=65534 --clear-groups ./product build connector.yaml --out fixed/new
            echo "status $?"
            [ "$(find fixed -type f -exec sha256sum {} + | sort)" = "$before" ] && ls -A fixed
            """
        let run = try await ChildProcess.run(
            "/usr/bin/env", ["sh", "-c", script, "sh", BuiltProduct.path("connectorgen")], folder: scratch.path)
        #expect(run.output == "status 3\nstatus 3\nout\n", "\(run.errors)")
        #expect(run.errors.contains("the directory above it has to be writable"), "\(run.errors)")
    }
}
