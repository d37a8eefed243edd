import ConnectorPlan
import Diagnostics

extension HostPlan {
    /// The server blocks that have its name and its scheme. Behind a proxy that ends TLS it is the block without TLS.
    func servers(in observed: Observed) -> [NginxServer] {
        let named = observed.servers.filter { $0.answers(to: name) == true }
        let matching = named.filter { $0.isTLS == (scheme == "https") }
        return matching.isEmpty ? named : matching
    }
}
