import Diagnostics
import OAuthModel
import RuntimeConfig

/// The identity that a started server has, for the one who started it. No secret and no place of one.
struct StartupBanner {
    let loaded: LoadedConfig
    let publicAddress: String
    let privateAddress: String
    var surroundings = Surroundings.process

    var text: String {
        let config = loaded.config
        var lines = [
            ("mode", config.mode.rawValue),
            ("issuer", config.issuer),
        ]
        for resource in config.resources {
            lines.append(("resource", "\(resource.resource) (client id \(resource.clientID ?? "none"))"))
        }
        lines += [
            ("registration", registrationMethods),
            ("store", store),
            ("listen", "\(publicAddress) for nginx, \(privateAddress) for verification and health"),
            ("config", "\(loaded.path) sha256 \(loaded.digest)"),
        ]
        if config.registrationMethods.contains(.cimd), let name = surroundings.proxyVariable {
            lines.append(("proxy", "\(name) is set and not used: client documents are fetched directly"))
        }
        let body = lines.map { name, value in
            "  \(name)\(String(repeating: " ", count: 10 - name.utf8.count))\(DisplayText.escaped(value))\n"
        }
        return "\(ConnectorgenAuth.name) \(Product.version) serves \(DisplayText.escaped(config.name))\n"
            + body.joined()
    }

    private var registrationMethods: String {
        guard !loaded.config.registrationMethods.isEmpty else { return "none" }
        return loaded.config.registrationMethods.map { method in
            method == .dcr ? "dcr (\(loaded.config.dcr.rawValue))" : method.rawValue
        }.joined(separator: ", ")
    }

    private var store: String {
        switch loaded.config.store {
        case .sqlite(let path): "sqlite \(path)"
        case .postgres: "postgres"
        case nil: "none"
        }
    }
}
