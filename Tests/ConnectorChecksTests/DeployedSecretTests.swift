import ConnectorChecks
import Diagnostics
import TestSupport
import Testing
import WebSyntax

@Suite("a secret in a deployed file is said by nobody")
struct DeployedSecretTests {
    /// A deployment with a secret wherever one can stand, each place wrong in some way, so that findings point at it.
    private static func files(_ secret: String) -> [RuleExample.File] {
        let encoded = Base64.encode(Array(secret.utf8))
        // On one line, as exports are often kept: what points at the flag shows the line.
        let realm =
            #"{"realm":"r","clients":[{"clientId":"a","secret":"\#(secret)","directAccessGrantsEnabled":true}]}"#
        let texts: KeyValuePairs = [
            ".env": "APP_SECRET=\(secret)\nAPP_SECRET='\(secret)'\nMOTD=\(secret)#\nCONNECTOR_ISSUER=\(secret)\n",
            "compose.yaml": """
            services:
              mcp:
                env_file: b.env
                environment: { APP_SECRET: "\(secret)", MOTD: "\(secret)", CONNECTOR_PORT: "\(secret)", X: "${\(secret)" }
            """,
            "b.env": "APP_SECRET=\(secret)!\nMOTD=\(secret)!\n",
            "all.yaml": """
            apiVersion: v1
            kind: Secret
            metadata: { name: s }
            data: { APP_SECRET: \(encoded), OTHER: \(encoded) }
            ---
            apiVersion: v1
            kind: Pod
            metadata: { name: p }
            spec:
              containers:
                - name: mcp
                  envFrom: [{ secretRef: { name: s } }]
                  env: [{ name: APP_SECRET, value: "\(secret)" }, { name: OTHER, value: "\(secret)!" }]
            """,
            "mcp.service":
                "[Service]\nEnvironment=APP_SECRET=\(secret) MOTD=\(secret) \(secret)\nEnvironmentFile=b.env\n",
            "Dockerfile": "FROM a\nENV APP_SECRET=\(secret) CONNECTOR_SCOPES=\(secret)\n",
            "ecosystem.config.cjs": "module.exports = { apps: [{ name: 'a', env: { APP_SECRET: '\(secret)', "
                + "CONNECTOR_PUBLIC_URL: '\(secret)' } }] };\n",
            "pm2-env.txt": "APP_SECRET: \(secret)!\nCONNECTOR_PUBLIC_URL: \(secret)!\n",
            ".env.example": "APP_SECRET=\(secret)\n",
            "keycloak.json": realm,
            "import.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: r }\ndata: { realm.json: '\(realm)' }\n",
        ]
        return texts.map { RuleExample.File(name: $0.key, text: $0.value, marks: []) }
    }

    @Test("of every vendor, in every kind of file, in every form of report", arguments: PlantedSecret.all.indices)
    func planted(index: Int) {
        let secret = PlantedSecret.all[index]
        let spec = RuleExample(
            top: "targets:\n  env:\n    - { file: app.env, dialect: node, preset: connectorgen, "
                + "variables: { APP_SECRET: { env: APP_SECRET } } }"
        ).source
        let (result, sources) = check([spec] + Self.files(secret.text))
        let codes = Set(result.diagnostics.map(\.code.number))
        #expect(codes.isSuperset(of: [824, 826, 831, 838]), "\(codes)")
        let report = Report(diagnostics: result.diagnostics, sources: sources, exitCode: 1, secrets: result.secrets)
        for format in OutputFormat.allCases {
            let text = String(decoding: report.render(format), as: UTF8.self)
            for part in secret.forbidden + [Base64.encode(Array(secret.text.utf8))] {
                let line = text.split(separator: "\n").first { $0.contains(part) }
                #expect(line == nil, "\(secret.vendor) as \(format)")
            }
        }
    }
}
