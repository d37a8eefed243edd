import ConnectorSpec
import Diagnostics
import WebSyntax

/// The nginx names of upstreams: each address gets one name, each name stands for one address.
struct UpstreamNames {
    let auth: String
    let authPrivate: String
    private let deployment: String
    private var nameByAddress: [Address: String] = [:]
    private var taken: Set<String>
    private(set) var plans: [UpstreamPlan] = []

    private struct Address: Hashable {
        let address: UpstreamURL.Address
        let isTLS: Bool
    }

    init(deployment: String) {
        self.deployment = deployment
        auth = deployment + "_auth"
        authPrivate = deployment + "_auth_private"
        taken = [auth, authPrivate]
    }

    /// The name for an address, `<deployment>_<owner>` when it is new.
    mutating func name(for upstream: UpstreamURL, owner: String, origin: Span) -> String {
        let key = Address(address: upstream.address, isTLS: upstream.isTLS)
        if let known = nameByAddress[key] { return known }
        var name = "\(deployment)_\(owner)"
        // Only a connector called `auth` gets here: names have no underscore.
        while !taken.insert(name).inserted { name += "_mcp" }
        nameByAddress[key] = name
        plans.append(
            UpstreamPlan(name: name, address: upstream.address, isTLS: upstream.isTLS, origins: [origin]))
        return name
    }
}
