import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecDecoder {
    mutating func targets(in reader: SectionReader) -> TargetsSection {
        TargetsSection(
            nginx: section("nginx", in: reader, as: .nginx).map { nginx(in: $0) },
            env: items("env", in: reader) { $0.env($1, at: $2) } ?? [],
            keycloak: section("keycloak", in: reader, as: .keycloak).flatMap { keycloak(in: $0) }, span: reader.span)
    }

    private mutating func nginx(in reader: SectionReader) -> NginxTarget {
        NginxTarget(
            version: value("version", in: reader), serverNames: list("server_names", in: reader) ?? [],
            metadata: choice("metadata", in: reader),
            acme: choice("acme", in: reader), includeDir: value("include_dir", in: reader), span: reader.span)
    }

    private mutating func env(_ node: YAMLNode, at path: String) -> EnvTarget? {
        guard let reader = open(node, as: .env, path: path, keySpan: node.span) else { return nil }
        let file: Located<OutputFileName>? = value("file", in: reader)
        let dialect: Located<EnvTarget.Dialect>? = choice("dialect", in: reader)
        let vocabulary = vocabulary(text("vocabulary", in: reader), at: reader.path(of: "vocabulary"))
        let variables = variables(in: reader)
        let connector: Located<Name>? = value("connector", in: reader)
        let app = text("app", in: reader)
        let script = text("script", in: reader)
        let workingDirectory: Located<FilePath>? = value("cwd", in: reader)
        let interpreter = text("interpreter", in: reader)
        guard let file, let dialect else { return nil }
        return EnvTarget(
            file: file, dialect: dialect, vocabulary: vocabulary, variables: variables, connector: connector, app: app,
            script: script, workingDirectory: workingDirectory, interpreter: interpreter, span: reader.span)
    }

    private mutating func vocabulary(_ name: Located<String>?, at path: String) -> Located<String>? {
        guard let name else { return nil }
        let catalogue = VocabularyCatalogue.builtin
        if catalogue.vocabulary(named: name.value) != nil { return name }
        if let problem = catalogue.problem {
            report(problem)
            return nil
        }
        reportUnknownName(name, at: path, noun: "vocabulary", known: catalogue.names)
        return nil
    }

    private mutating func variables(in reader: SectionReader) -> [VariableEntry] {
        guard let entry = reader.entry("variables") else { return [] }
        let path = reader.path(of: "variables")
        guard case .mapping(let entries) = entry.value.content else {
            reportKind(of: entry.value, at: path, expected: "a mapping of variable names")
            return []
        }
        return entries.compactMap { item in
            let itemPath = "\(path).\(item.key)"
            let name: Located<EnvironmentName>? = key(item, at: itemPath)
            let value = variable(item, at: itemPath)
            guard let name, let value else { return nil }
            return VariableEntry(name: name, value: value)
        }
    }

    /// A text, which may be empty, or a mapping that says where the value comes from.
    private mutating func variable(_ entry: YAMLEntry, at path: String) -> Located<VariableEntry.Value>? {
        if case .scalar(let scalar) = entry.value.content, !entry.value.isNull {
            return Located(.literal(scalar.text), at: entry.value.span)
        }
        guard let reader = open(entry.value, as: .variable, path: path, keySpan: entry.keySpan),
            requireOneKey(of: reader)
        else { return nil }
        if let key = text("from", in: reader) { return Located(.plan(key.value), at: key.span) }
        if let name: Located<EnvironmentName> = value("env", in: reader) {
            return Located(.secret(.environment(name.value)), at: name.span)
        }
        let file: Located<FilePath>? = value("file", in: reader)
        return file.map { Located(.secret(.file($0.value.text)), at: $0.span) }
    }

    private mutating func keycloak(in reader: SectionReader) -> KeycloakTarget? {
        let realm: Located<Name>? = value("realm", in: reader)
        let server: Located<PublicURL>? = value("server", in: reader)
        let version: Located<SoftwareVersion>? = value("version", in: reader)
        let defaultScope: Located<KeycloakTarget.DefaultScope>? = choice("default_scope", in: reader)
        let adminRealm: Located<Name>? = value("admin_realm", in: reader)
        let adminClient: Located<ClientID>? = value("admin_client", in: reader)
        let tolerateAllScopes = boolean("tolerate_all_scopes", in: reader)
        guard let realm, let server, let version else { return nil }
        return KeycloakTarget(
            realm: realm, server: server, version: version, defaultScope: defaultScope, adminRealm: adminRealm,
            adminClient: adminClient, tolerateAllScopes: tolerateAllScopes, span: reader.span)
    }
}
