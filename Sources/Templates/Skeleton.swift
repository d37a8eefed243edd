package import ConfigLanguages

/// A skeleton by name: its file below `Templates/`, the language it is written in, and its holes.
///
/// This is the contract between a template and the code that fills it: a file of this name uses each of
/// these holes and no other, and its values are fragments of this language.
package struct Skeleton<Language: ConfigLanguage>: Hashable, Sendable {
    /// `nginx/http.conf.tmpl`
    package let file: String
    package let holes: [Hole]

    private init(_ file: String, _ holes: [Hole]) {
        self.file = file
        self.holes = holes
    }
}

/// The holes of every file's banner.
private let banner: [Hole] = [.inline("product"), .inline("source"), .inline("digest"), .inline("file")]

extension Skeleton<NginxLanguage> {
    /// For the http level.
    package static let nginxHTTP = Skeleton(
        "nginx/http.conf.tmpl", banner + [.inline("target"), .inline("deployment"), .block("directives")])
    /// For one server block.
    package static let nginxServer = Skeleton(
        "nginx/server.conf.tmpl", banner + [.inline("target"), .inline("host"), .block("locations")])
    /// For what a host has once.
    package static let nginxRoot = Skeleton(
        "nginx/root.conf.tmpl", banner + [.inline("target"), .block("locations")])
    /// For lines that locations include.
    package static let nginxSnippet = Skeleton(
        "nginx/snippet.conf.tmpl", banner + [.inline("target"), .inline("purpose"), .block("directives")])
}

extension Skeleton<EnvLanguage> {
    /// One env file, of any dialect.
    package static let environmentFile = Skeleton(
        "env/env.tmpl", banner + [.inline("dialect"), .block("variables")])
}

extension Skeleton<ShellLanguage> {
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

    /// A file of the Keycloak scripts, which has no holes but its banner's.
    private static func keycloak(_ file: String) -> Skeleton {
        Skeleton("keycloak/\(file).tmpl", banner + [.inline("target")])
    }
}

extension Skeleton<HTMLLanguage> {
    /// What every page of `connectorgen-auth` stands in.
    package static let layout = Skeleton(
        "pages/layout.html.tmpl",
        [.inline("title"), .inline("site"), .block("refresh"), .block("style"), .block("main")])
    package static let signIn = Skeleton(
        "pages/sign-in.html.tmpl",
        [
            .inline("redirect_host"), .inline("username"), .inline("invalid"), .address("action"),
            .block("lead"), .block("notice"), .block("fields"),
        ])
    package static let consent = Skeleton(
        "pages/consent.html.tmpl",
        [
            .inline("redirect_host"), .inline("client_id"), .inline("subject"), .inline("resource"),
            .address("action"), .block("lead"), .block("warnings"), .block("introduction"), .block("scopes"),
            .block("fields"),
        ])
    /// An error, an expired request, a sign-in that was given up.
    package static let message = Skeleton(
        "pages/message.html.tmpl", [.inline("heading"), .inline("explanation"), .block("detail")])
    /// The page that leads back to the application after a form was posted.
    package static let proceed = Skeleton(
        "pages/continue.html.tmpl", [.inline("redirect_host"), .address("location")])
}

extension Skeleton<CSSLanguage> {
    /// The style sheet of every page.
    package static let pageStyle = Skeleton("pages/style.css.tmpl", [])
}

/// A skeleton of any language, for the work that treats all alike.
struct AnySkeleton: Sendable {
    let file: String
    let language: String
    let holes: [Hole]

    init<Language>(_ skeleton: Skeleton<Language>) {
        file = skeleton.file
        language = Language.displayName
        holes = skeleton.holes
    }

    var isHTML: Bool { language == HTMLLanguage.displayName }

    static func all(of family: TemplateFamily) -> [AnySkeleton] {
        switch family {
        case .outputs: outputs
        case .pages: pages
        }
    }

    // A new skeleton has its row here and its bytes in `Templates/templates.c`.

    private static let pages: [AnySkeleton] = [
        AnySkeleton(.layout),
        AnySkeleton(.signIn),
        AnySkeleton(.consent),
        AnySkeleton(.message),
        AnySkeleton(.proceed),
        AnySkeleton(.pageStyle),
    ]

    private static let outputs: [AnySkeleton] = [
        AnySkeleton(.nginxHTTP),
        AnySkeleton(.nginxServer), AnySkeleton(.nginxRoot),
        AnySkeleton(.nginxSnippet),
        AnySkeleton(.environmentFile),
        AnySkeleton(.keycloakApply),
        AnySkeleton(.keycloakBackup),
        AnySkeleton(.keycloakBootstrap),
        AnySkeleton(.keycloakREST),
        AnySkeleton(.keycloakLibrary),
        AnySkeleton(.keycloakOnboard),
        AnySkeleton(.keycloakPrune),
        AnySkeleton(.keycloakRetire),
        AnySkeleton(.keycloakStatus),
        AnySkeleton(.keycloakSteps),
        AnySkeleton(.keycloakVerify),
    ]
}
