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
}

extension Skeleton<EnvLanguage> {
    /// One env file, of any dialect.
    package static let environmentFile = Skeleton(
        "env/env.tmpl", banner + [.inline("dialect"), .block("variables")])
}

extension Skeleton<ShellLanguage> {
    package static let keycloakApply = Skeleton(
        "keycloak/apply.sh.tmpl",
        banner + [
            .inline("target"), .inline("server"), .inline("realm"), .inline("admin_realm"), .inline("admin_client"),
            .block("loads"), .block("steps"),
        ])
    package static let keycloakStatus = Skeleton(
        "keycloak/status.sh.tmpl", banner + [.inline("target"), .inline("summary")])
    package static let keycloakVerify = Skeleton(
        "keycloak/verify.sh.tmpl",
        banner + [.inline("target"), .inline("issuer"), .inline("redirect"), .inline("scopes")])
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

    /// Every skeleton there is; a new one has its row here and its bytes in `Templates/templates.c`.
    static let all: [AnySkeleton] = [
        AnySkeleton(.nginxHTTP),
        AnySkeleton(.nginxServer),
        AnySkeleton(.environmentFile),
        AnySkeleton(.keycloakApply),
        AnySkeleton(.keycloakStatus),
        AnySkeleton(.keycloakVerify),
    ]
}
