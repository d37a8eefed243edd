import ConfigLanguages
import Templates

/// The files of `keycloak/` that are the same for every spec.
enum KeycloakScript: String, CaseIterable {
    case apply = "apply.sh"
    case backup = "backup.sh"
    case bootstrap = "bootstrap.sh"
    case kcadm = "kcadm-rest"
    case library = "lib.sh"
    case onboard = "onboard.sh"
    case prune = "prune.sh"
    case steps = "realm.jq"
    case retire = "retire.sh"
    case status = "status.sh"
    case verify = "verify.sh"

    var definition: TemplateDefinition<ShellLanguage> {
        switch self {
        case .apply: .keycloakApply
        case .backup: .keycloakBackup
        case .bootstrap: .keycloakBootstrap
        case .kcadm: .keycloakREST
        case .library: .keycloakLibrary
        case .onboard: .keycloakOnboard
        case .prune: .keycloakPrune
        case .steps: .keycloakSteps
        case .retire: .keycloakRetire
        case .status: .keycloakStatus
        case .verify: .keycloakVerify
        }
    }

    /// False for what others read.
    var isProgram: Bool { self != .library && self != .steps }
}
