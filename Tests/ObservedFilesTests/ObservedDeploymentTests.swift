import ConfigLanguages
import Diagnostics
import ObservedFiles
import Testing

@Suite("what each process gets, from the files that are deployed")
struct ObservedDeploymentTests {
    private func read(_ files: KeyValuePairs<String, String>) -> ObservedDeployment {
        var sources = SourceMap()
        let ids = files.map { sources.add(SourceFile(path: $0.key, text: $0.value)) }
        return ObservedDeployment(ids.map { DeployedFile($0, in: sources) })
    }

    /// The values of the first process; `?` for what cannot be told.
    private func values(_ files: KeyValuePairs<String, String>) -> [String: String] {
        (read(files).environments.first?.effective ?? [:]).mapValues { $0.assignment.value.text ?? "?" }
    }

    @Test("Compose: environment wins over env_file, later files over earlier, and variables are filled in from .env")
    func compose() {
        let found = values([
            "compose.yaml": """
            services:
              mcp:
                env_file: [a.env, { path: b.env, format: raw }]
                environment: { A: "1", B: "${B:-two}", C: "${C}", D: "${NOPE}", E: "x$$y" }
            """,
            "a.env": "A=0\nF='q'\nG=a\n", "b.env": "G='raw'\n", ".env": "C=three\n",
        ])
        #expect(found == ["A": "1", "B": "two", "C": "three", "D": "?", "E": "x$y", "F": "q", "G": "'raw'"])
    }

    @Test("Compose: a list, a name alone, a base of another file, an override")
    func composeForms() {
        #expect(
            values(["compose.yaml": "services:\n  a:\n    environment: [A=1, B, \"C=x=y\"]\n", ".env": "B=2\n"])
                == ["A": "1", "B": "2", "C": "x=y"])
        let extended = values([
            "compose.yaml":
                "services:\n  a:\n    extends: { service: b, file: base/b.yaml }\n    environment: { A: own }\n",
            "base/b.yaml": "services:\n  b:\n    env_file: b.env\n    environment: { A: base, B: base }\n",
            "base/b.env": "C=file\n",
        ])
        #expect(extended == ["A": "own", "B": "base", "C": "file"])
        #expect(
            values([
                "compose.yaml": "services: { a: { environment: { A: \"1\", B: \"1\" } } }\n",
                "compose.override.yaml": "services: { a: { environment: { A: \"2\" } } }\n",
            ]) == ["A": "2", "B": "1"])
    }

    @Test("Compose: ports are open to everybody unless they name an address")
    func ports() {
        let text =
            "services:\n  a:\n    ports: [\"8000:8001\", \"127.0.0.1:1:2\", \"3\", { target: 4, host_ip: 127.0.0.1 }]\n"
        let ports = read(["compose.yaml": text]).environments[0].published
        #expect(ports.map(\.container) == [8001, 2, 3, 4])
        #expect(ports.map(\.isOfMachine) == [false, true, false, true])
        #expect(ports.first?.host == 8000)
    }

    @Test("Kubernetes: objects of several documents, base64, references, prefixes, and what only the cluster knows")
    func kubernetes() {
        let found = values([
            "all.yaml": """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: c }
            data: { A: one, B: two }
            ---
            apiVersion: v1
            kind: Secret
            metadata: { name: s }
            data: { S: aGVsbG8= }
            stringData: { T: plain }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: mcp }
            spec:
              template:
                spec:
                  containers:
                    - name: mcp
                      envFrom: [{ configMapRef: { name: c }, prefix: X_ }, { secretRef: { name: s } }]
                      env:
                        - { name: URL, value: "https://$(X_A)/$$(X_A)/$(NOPE)" }
                        - { name: REF, valueFrom: { configMapKeyRef: { name: c, key: B } } }
                        - { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
                        - { name: GONE, valueFrom: { secretKeyRef: { name: other, key: k } } }
            """
        ])
        #expect(
            found == [
                "X_A": "one", "X_B": "two", "S": "hello", "T": "plain", "URL": "https://one/$(X_A)/$(NOPE)",
                "REF": "two",
                "POD": "?", "GONE": "?",
            ])
    }

    @Test("systemd: drop-ins after the unit, files over assignments, an empty assignment begins anew")
    func units() {
        let found = values([
            "mcp.service.d/20.conf": "[Service]\nEnvironment=\"B=two words\" C='x' D=%n E=50%%\n",
            "mcp.service":
                "[Unit]\nEnvironment=Z=no\n[Service]\nEnvironment=A=1 \\\n  B=1\nEnvironmentFile=-/etc/mcp.env\n",
            "etc/mcp.env": "C=file # no comment\n",
        ])
        #expect(found == ["A": "1", "B": "two words", "C": "file # no comment", "D": "?", "E": "50%"])
        #expect(
            values(["a.service": "[Service]\nEnvironment=A=1\nEnvironment=\nEnvironment=B=2\n"]) == ["B": "2"])
    }

    @Test("Dockerfile: both forms of ENV, stages, arguments, continued lines")
    func dockerfile() {
        let found = values([
            "Dockerfile": """
            FROM a AS base
            ARG PORT=80
            ARG SECRET_LEVEL
            ENV A=1 B="two words" C='$A'
            FROM base
            # a comment
            ENV D $A and ${B:-x} \\
              more
            ENV E=$A-$NOPE \\
              F=a\\ b
            ENV G=${PORT} H=$SECRET_LEVEL
            """
        ])
        #expect(
            found == [
                "A": "1", "B": "two words", "C": "$A", "D": "1 and two words   more", "E": "1-", "F": "a b", "G": "80",
                "H": "?",
            ])
    }

    @Test("PM2: scripts and JSON as far as they are written down, and nothing that they compute")
    func pm2() {
        let found = values([
            "ecosystem.config.cjs": """
            // what is started
            const host = "dexter.cash";
            const shared = { LOG: 'info', PORT: 3930 };
            module.exports = {
              apps: [{
                name: "mcp", script: `server.mjs`,
                env: { ...shared, 'HOST': host, FLAG: true, URL: "https://" + host, KEY: process.env.KEY || "x", "N": 1.5 },
              }],
            };
            """
        ])
        #expect(
            found == [
                "LOG": "info", "PORT": "3930", "HOST": "dexter.cash", "FLAG": "true", "URL": "?", "KEY": "?",
                "N": "1.5",
            ])
        #expect(values(["ecosystem.json": "{\"apps\": [{\"name\": \"a\", \"env\": {\"A\": \"b\"}}]}"]) == ["A": "b"])
        #expect(read(["ecosystem.config.js": "module.exports = make();\n"]).environments.isEmpty)
    }
}
