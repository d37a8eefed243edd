// swift-tools-version: 6.2

import PackageDescription

// Every target of the project is compiled by the same rules: Swift 6 language mode, warnings are
// errors, imports are internal unless said otherwise, and a member needs the import of its module.
let commonSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A target of our own code; its folder is `Sources/<name>`.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: commonSettings)
}

/// The tests of one target; their folder is `Tests/<name>`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude, swiftSettings: commonSettings)
}

/// A folder of text files compiled into the binary with C23 `#embed`, which is fast and sees every
/// change of a file. The folder holds one `.c` file beside the data.
func embedded(_ name: String, path: String, files: [String]) -> Target {
    .target(name: name, path: path, exclude: files, cSettings: [.disableWarning("c23-extensions")])
}

/// A release of the compiler loads no library: its process starts in half the time, which is a third of a small build.
/// CONNECTORGEN_DYNAMIC is for valgrind, which watches the allocations of a library that is loaded.
let loadsNothing: [LinkerSetting] =
    Context.environment["CONNECTORGEN_DYNAMIC"] == nil
    ? [.unsafeFlags(["-static-executable", "-use-ld=lld"], .when(configuration: .release))] : []

/// A release of the server has no symbols for the libraries it loads, which ask for none, and packed relocations (glibc
/// 2.36): the loader would read all of both at the start, and they would stay in memory, a megabyte of them.
let offersNothing: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"],
        .when(configuration: .release))
]

let package = Package(
    name: "connectorgen",
    products: [
        .executable(name: "connectorgen", targets: ["connectorgen"]),
        .executable(name: "connectorgen-auth", targets: ["connectorgen-auth"]),
    ],
    targets: [
        // MARK: C libraries, each bound once
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .target(name: "CHTTPServer", dependencies: ["CMicroHTTPD"]),
        .target(name: "CSystemCalls"),
        .target(name: "CSHA256"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CCryptography", dependencies: ["COpenSSL"]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CSQLiteCalls", dependencies: ["CSQLite"]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CHTTPClient", dependencies: ["CCurl"]),

        // MARK: data and skeletons in the binary
        embedded("CTemplates", path: "Templates", files: ["nginx", "env", "keycloak", "pages"]),
        embedded(
            "CCatalogue", path: "Catalogue",
            files: [
                "clients.json", "implementations.json", "keycloak.json", "presets.json", "providers.json",
                "secrets.json",
            ]),

        // MARK: ground floor, shared by the compiler and the server
        module("JSONSyntax"),
        module("ContentDigest", ["CSHA256"]),
        module("ParallelWork"),
        module("SecretShapes", ["JSONSyntax", "CCatalogue"]),
        module("Diagnostics", ["JSONSyntax", "ContentDigest", "SecretShapes"]),
        module("CommandLineSyntax", ["Diagnostics"]),
        module("WebSyntax"),
        module("OAuthModel", ["WebSyntax"]),
        module("RuntimeConfig", ["OAuthModel", "WebSyntax", "JSONSyntax", "Diagnostics"]),

        // MARK: the compiler
        module("YAMLSyntax", ["CLibYAML", "Diagnostics"]),
        module(
            "ConnectorSpec",
            [
                "YAMLSyntax", "ConfigLanguages", "OAuthModel", "WebSyntax", "Diagnostics", "SecretShapes", "JSONSyntax",
                "ParallelWork", "CCatalogue",
            ]),
        module("ConfigLanguages", ["Diagnostics", "JSONSyntax"]),
        module("EdgeModel", ["ConfigLanguages", "Diagnostics"]),
        module("ClientModel", ["JSONSyntax", "CCatalogue"]),
        module("Templates", ["CTemplates", "ConfigLanguages", "ContentDigest", "Diagnostics"]),
        module(
            "ConnectorPlan",
            [
                "ConnectorSpec", "ConfigLanguages", "RuntimeConfig", "OAuthModel", "WebSyntax", "ParallelWork",
                "ContentDigest", "JSONSyntax", "Diagnostics",
            ]),
        module("ObservedFiles", ["ConfigLanguages", "YAMLSyntax", "WebSyntax", "JSONSyntax", "Diagnostics"]),
        module(
            "ConnectorChecks",
            [
                "EdgeModel", "ObservedFiles", "ConnectorPlan", "ConnectorSpec", "ConfigLanguages", "OAuthModel",
                "WebSyntax",
                "YAMLSyntax",
                "ParallelWork", "JSONSyntax", "Diagnostics",
            ]),
        module(
            "ConnectorBackends",
            [
                "ConnectorPlan", "ConnectorSpec", "YAMLSyntax", "RuntimeConfig", "OAuthModel",
                "WebSyntax", "ConfigLanguages",
                "Templates", "ContentDigest", "JSONSyntax", "Diagnostics",
            ]),
        module(
            "ConnectorCompiler",
            [
                "ObservedFiles", "ConnectorBackends", "ConnectorChecks", "ConnectorPlan", "ConnectorSpec", "YAMLSyntax",
                "OAuthModel",
                "WebSyntax", "ConfigLanguages", "Templates", "ParallelWork", "ContentDigest", "Diagnostics",
            ]),
        module(
            "ConnectorChanges",
            [
                "ConnectorCompiler", "ConnectorBackends", "ConnectorPlan", "ConnectorSpec", "RuntimeConfig",
                "OAuthModel",
                "WebSyntax", "ContentDigest", "JSONSyntax", "Diagnostics",
            ]),
        module(
            "ConnectorCLI",
            [
                "ClientModel", "EdgeModel", "ObservedFiles", "ConnectorChanges", "ConnectorCompiler",
                "ConnectorBackends",
                "ConnectorChecks",
                "ConnectorPlan",
                "ConnectorSpec",
                "YAMLSyntax",
                "ConfigLanguages", "RuntimeConfig", "OAuthModel", "WebSyntax", "Templates", "CommandLineSyntax",
                "ParallelWork", "ContentDigest",
                "JSONSyntax", "SecretShapes", "Diagnostics", "CSystemCalls",
            ]),
        .executableTarget(
            name: "connectorgen", dependencies: ["ConnectorCLI"], swiftSettings: commonSettings,
            linkerSettings: loadsNothing),

        // MARK: the server
        module("HTTPServer", ["CHTTPServer", "CMicroHTTPD"]),
        module("HTTPClient", ["CCurl", "CHTTPClient"]),
        module("Cryptography", ["COpenSSL", "CCryptography", "CSodium", "WebSyntax", "JSONSyntax"]),
        module("SQLite", ["CSQLite", "CSQLiteCalls"]),
        module("OAuthProtocol", ["RuntimeConfig", "OAuthModel", "WebSyntax", "JSONSyntax"]),
        module("OAuthStores", ["OAuthProtocol", "SQLite"]),
        module(
            "AuthServer",
            [
                "OAuthProtocol", "OAuthStores", "SQLite", "Cryptography", "HTTPServer", "HTTPClient", "Templates",
                "ConfigLanguages", "RuntimeConfig", "OAuthModel", "WebSyntax", "CommandLineSyntax", "ContentDigest",
                "JSONSyntax", "Diagnostics",
                "CSystemCalls",
            ]),
        .executableTarget(
            name: "connectorgen-auth", dependencies: ["AuthServer"], swiftSettings: commonSettings,
            linkerSettings: offersNothing),

        // MARK: tests
        .target(
            name: "TestSupport", dependencies: ["WebSyntax"], path: "Tests/TestSupport", exclude: ["tls-server.py"],
            swiftSettings: commonSettings),
        tests("JSONSyntaxTests", ["JSONSyntax"]),
        tests("ContentDigestTests", ["ContentDigest"]),
        tests("ParallelWorkTests", ["ParallelWork"]),
        tests("SecretShapesTests", ["SecretShapes"]),
        tests("DiagnosticsTests", ["Diagnostics", "SecretShapes", "JSONSyntax"]),
        tests("CommandLineSyntaxTests", ["CommandLineSyntax"]),
        tests("RuntimeConfigTests", ["RuntimeConfig", "OAuthModel", "WebSyntax", "JSONSyntax", "Diagnostics"]),
        tests("YAMLSyntaxTests", ["YAMLSyntax", "Diagnostics"]),
        tests(
            "ConnectorSpecTests",
            ["ConnectorSpec", "OAuthModel", "WebSyntax", "YAMLSyntax", "Diagnostics", "JSONSyntax"]),
        tests("ConfigLanguagesTests", ["ConfigLanguages", "Diagnostics", "JSONSyntax"]),
        tests("TemplatesTests", ["Templates", "ConfigLanguages", "Diagnostics"]),
        tests(
            "ConnectorPlanTests",
            [
                "ConnectorPlan", "ConnectorSpec", "YAMLSyntax", "RuntimeConfig", "OAuthModel", "WebSyntax",
                "JSONSyntax", "Diagnostics",
            ]),
        tests("EdgeModelTests", ["EdgeModel", "ConfigLanguages", "Diagnostics"]),
        tests("ClientModelTests", ["ClientModel", "JSONSyntax"], exclude: ["agreement.py"]),
        tests("ObservedFilesTests", ["ObservedFiles", "ConfigLanguages", "JSONSyntax", "Diagnostics"]),
        tests(
            "ConnectorChecksTests",
            [
                "ConnectorChecks", "ConnectorPlan", "ConnectorSpec", "RuntimeConfig", "OAuthModel", "WebSyntax",
                "ConfigLanguages", "ObservedFiles", "YAMLSyntax", "Diagnostics",
            ]),
        tests(
            "ConnectorBackendsTests",
            [
                "ConnectorChanges", "ConnectorCompiler", "ConnectorBackends", "ConnectorChecks", "ConnectorPlan",
                "ConnectorSpec", "YAMLSyntax",
                "ConfigLanguages", "RuntimeConfig", "OAuthModel", "WebSyntax", "Templates", "JSONSyntax", "Diagnostics",
            ], exclude: ["Keycloak/kcadm.sh", "Keycloak/run-kcadm.sh"]),
        tests(
            "ConnectorChangesTests",
            ["ConnectorChanges", "ConnectorCompiler", "ConnectorPlan", "Diagnostics", "JSONSyntax"]),
        tests(
            "ConnectorCLITests",
            ["ConnectorCLI", "ConnectorChanges", "ConnectorBackends", "CommandLineSyntax", "Diagnostics"],
            exclude: ["Fixtures"]),
        tests("HTTPServerTests", ["HTTPServer"]),
        tests("HTTPClientTests", ["HTTPClient"]),
        .executableTarget(
            name: "fetch-trial", dependencies: ["HTTPClient"], path: "Tests/FetchTrial", swiftSettings: commonSettings),
        tests("CryptographyTests", ["Cryptography", "WebSyntax", "JSONSyntax"]),
        tests("SQLiteTests", ["SQLite"]),
        .target(
            name: "OAuthStoreConformance", dependencies: ["OAuthStores", "OAuthProtocol", "OAuthModel"],
            path: "Tests/OAuthStoreConformance", swiftSettings: commonSettings),
        .target(
            name: "OAuthStoreMemory", dependencies: ["OAuthStores", "OAuthProtocol"], path: "Tests/OAuthStoreMemory",
            swiftSettings: commonSettings),
        .executableTarget(
            name: "oauth-store-trial",
            dependencies: ["OAuthStores", "OAuthStoreConformance", "OAuthProtocol", "SQLite"],
            path: "Tests/OAuthStoreTrial", swiftSettings: commonSettings),
        tests(
            "OAuthStoresTests",
            [
                "OAuthStores", "OAuthStoreConformance", "OAuthStoreMemory", "OAuthProtocol", "OAuthModel", "SQLite",
                "oauth-store-trial",
            ]),
        tests("WebSyntaxTests", ["WebSyntax", "OAuthModel"]),
        tests(
            "OAuthProtocolTests",
            ["OAuthProtocol", "RuntimeConfig", "OAuthModel", "WebSyntax", "JSONSyntax", "ContentDigest"]),
        tests(
            "AuthServerTests",
            [
                "AuthServer", "OAuthProtocol", "OAuthStores", "OAuthStoreMemory", "SQLite", "Cryptography",
                "HTTPServer", "HTTPClient", "Templates", "ConfigLanguages", "RuntimeConfig", "OAuthModel", "WebSyntax",
                "CommandLineSyntax", "ContentDigest", "JSONSyntax", "Diagnostics",
            ],
            exclude: [
                "Goldens", "Trials/checks.py", "Trials/deployment.py", "Trials/descriptors.py", "Trials/flow.py",
                "Trials/full_disk.py", "Trials/kills.py", "Trials/load.py", "Trials/races.py", "Trials/sharing.py",
                "Trials/timing.py", "Trials/trial.py",
            ]),
        tests("ArchitectureTests", []),
        tests(
            "IntegrationTests",
            [
                "ConnectorCompiler", "ConnectorBackends", "ConnectorPlan", "ConnectorSpec", "YAMLSyntax",
                "ConfigLanguages", "RuntimeConfig",
                "OAuthModel", "WebSyntax", "Templates", "JSONSyntax", "Diagnostics", "AuthServer", "HTTPClient",
            ],
            exclude: [
                "Clients/authlib_client.py", "Clients/code_flow.py", "Clients/mcp_server.py",
                "Clients/mcp_two_paths.py",
                "Clients/person.py", "Clients/realm.py", "Clients/sdk_client.py",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)
