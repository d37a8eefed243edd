package import ConfigLanguages

/// A template by name: its file below `Templates/`, the language it is written in, and its placeholders.
///
/// This is the contract between a template and the code that fills it: a file of this name uses each of
/// these placeholders and no other, and its values are fragments of this language.
package struct TemplateDefinition<Language: ConfigLanguage>: Hashable, Sendable {
    /// `nginx/http.conf.tmpl`
    package let file: String
    package let placeholders: [TemplatePlaceholder]

    private init(_ file: String, _ placeholders: [TemplatePlaceholder]) {
        self.file = file
        self.placeholders = placeholders
    }
}

/// The placeholders of every file's banner.
private let banner: [TemplatePlaceholder] = [.inline("product"), .inline("source"), .inline("digest"), .inline("file")]

extension TemplateDefinition<NginxLanguage> {
    /// For the http level.
    package static let nginxHTTP = TemplateDefinition(
        "nginx/http.conf.tmpl", banner + [.inline("target"), .inline("deployment"), .block("directives")])
    /// For one server block.
    package static let nginxServer = TemplateDefinition(
        "nginx/server.conf.tmpl", banner + [.inline("target"), .inline("host"), .block("locations")])
    /// For what a host has once.
    package static let nginxRoot = TemplateDefinition(
        "nginx/root.conf.tmpl", banner + [.inline("target"), .block("locations")])
    /// For lines that locations include.
    package static let nginxSnippet = TemplateDefinition(
        "nginx/snippet.conf.tmpl", banner + [.inline("target"), .inline("purpose"), .block("directives")])
}

extension TemplateDefinition<EnvLanguage> {
    /// One env file, of any dialect.
    package static let environmentFile = TemplateDefinition(
        "env/env.tmpl", banner + [.inline("dialect"), .block("variables")])
}

extension TemplateDefinition<ShellLanguage> {
    package static let keycloakApply = keycloak("apply.sh")
    package static let keycloakBackup = keycloak("backup.sh")
    package static let keycloakBootstrap = keycloak("bootstrap.sh")
    package static let keycloakREST = keycloak("kcadm-rest")
    package static let keycloakLibrary = keycloak("lib.sh")
    package static let keycloakOnboard = keycloak("onboard.sh")
    package static let keycloakPrune = keycloak("prune.sh")
    package static let keycloakRetire = keycloak("retire.sh")
    package static let keycloakStatus = keycloak("status.sh")
    package static let keycloakSteps = keycloak("realm.jq")
    package static let keycloakVerify = keycloak("verify.sh")

    /// A file of the Keycloak scripts, which has no placeholders but its banner's.
    private static func keycloak(_ file: String) -> TemplateDefinition {
        TemplateDefinition("keycloak/\(file).tmpl", banner + [.inline("target")])
    }
}

extension TemplateDefinition<HTMLLanguage> {
    /// What every page of `connectorgen-auth` stands in.
    package static let layout = TemplateDefinition(
        "pages/layout.html.tmpl",
        [.inline("title"), .inline("site"), .block("refresh"), .block("style"), .block("main")])
    package static let signIn = TemplateDefinition(
        "pages/sign-in.html.tmpl",
        [
            .inline("redirect_host"), .inline("username"), .inline("invalid"), .address("action"),
            .block("lead"), .block("notice"), .block("fields"),
        ])
    /// The sign-in of a deployment whose people prove who they are at a provider.
    package static let provider = TemplateDefinition(
        "pages/provider.html.tmpl",
        [
            .inline("redirect_host"), .inline("provider_host"), .address("action"), .block("lead"), .block("fields"),
        ])
    /// The page that leads on to the provider.
    package static let onward = TemplateDefinition(
        "pages/onward.html.tmpl", [.inline("provider_host"), .address("location")])
    package static let consent = TemplateDefinition(
        "pages/consent.html.tmpl",
        [
            .inline("redirect_host"), .inline("client_id"), .inline("subject"), .inline("resource"),
            .address("action"), .block("lead"), .block("warnings"), .block("introduction"), .block("scopes"),
            .block("fields"),
        ])
    /// An error, an expired request, a sign-in that was given up.
    package static let message = TemplateDefinition(
        "pages/message.html.tmpl", [.inline("heading"), .inline("explanation"), .block("detail")])
    /// The page that leads back to the application after a form was posted.
    package static let proceed = TemplateDefinition(
        "pages/continue.html.tmpl", [.inline("redirect_host"), .address("location")])
}

extension TemplateDefinition<CSSLanguage> {
    /// The style sheet of every page.
    package static let pageStyle = TemplateDefinition("pages/style.css.tmpl", [])
}

/// A template of any language, for the work that treats all alike.
struct AnyTemplateDefinition: Sendable {
    let file: String
    let language: String
    let placeholders: [TemplatePlaceholder]

    init<Language>(_ definition: TemplateDefinition<Language>) {
        file = definition.file
        language = Language.displayName
        placeholders = definition.placeholders
    }

    var isHTML: Bool { language == HTMLLanguage.displayName }

    static func all(of family: TemplateFamily) -> [AnyTemplateDefinition] {
        switch family {
        case .outputs: outputs
        case .pages: pages
        }
    }

    // A new template has its row here and its bytes in `Templates/templates.c`.

    private static let pages: [AnyTemplateDefinition] = [
        AnyTemplateDefinition(.layout),
        AnyTemplateDefinition(.signIn),
        AnyTemplateDefinition(.provider), AnyTemplateDefinition(.onward), AnyTemplateDefinition(.consent),
        AnyTemplateDefinition(.message),
        AnyTemplateDefinition(.proceed),
        AnyTemplateDefinition(.pageStyle),
    ]

    private static let outputs: [AnyTemplateDefinition] = [
        AnyTemplateDefinition(.nginxHTTP),
        AnyTemplateDefinition(.nginxServer), AnyTemplateDefinition(.nginxRoot),
        AnyTemplateDefinition(.nginxSnippet),
        AnyTemplateDefinition(.environmentFile),
        AnyTemplateDefinition(.keycloakApply),
        AnyTemplateDefinition(.keycloakBackup),
        AnyTemplateDefinition(.keycloakBootstrap),
        AnyTemplateDefinition(.keycloakREST),
        AnyTemplateDefinition(.keycloakLibrary),
        AnyTemplateDefinition(.keycloakOnboard),
        AnyTemplateDefinition(.keycloakPrune),
        AnyTemplateDefinition(.keycloakRetire),
        AnyTemplateDefinition(.keycloakStatus),
        AnyTemplateDefinition(.keycloakSteps),
        AnyTemplateDefinition(.keycloakVerify),
    ]
}
