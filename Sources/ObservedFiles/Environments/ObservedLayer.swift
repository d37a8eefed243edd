package import ConfigLanguages
import Diagnostics

/// One source of variables of a process. Of the layers of a process the later ones win.
package struct ObservedLayer: Sendable {
    package enum Kind: Hashable, Sendable {
        /// `ENV` of a Dockerfile.
        case image
        case envFile(EnvDialect)
        /// `environment:` of a Compose service.
        case composeEnvironment
        case configMap
        case secret
        /// `env:` of a container.
        case containerEnvironment
        /// `Environment=` of a unit or a drop-in.
        case unit
        /// `apps[].env` of PM2.
        case pm2
        /// What the process really has.
        case process

        /// True where values are meant to be kept from other people's eyes.
        package var keepsSecrets: Bool {
            switch self {
            case .envFile, .secret, .process: true
            case .image, .composeEnvironment, .configMap, .containerEnvironment, .unit, .pm2: false
            }
        }
    }

    package let kind: Kind
    /// What it is called in a message: "`environment` of the service mcp".
    package let title: String
    /// In file order, duplicates included: the last one of a name counts.
    package let assignments: [ObservedAssignment]

    package init(_ kind: Kind, _ title: String, _ assignments: [ObservedAssignment]) {
        self.kind = kind
        self.title = title
        self.assignments = assignments
    }

    /// The assignment that counts for each name.
    package var last: [String: ObservedAssignment] {
        Dictionary(assignments.map { ($0.name, $0) }) { _, last in last }
    }
}
