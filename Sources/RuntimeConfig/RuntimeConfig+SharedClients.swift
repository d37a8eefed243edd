import OAuthModel

extension RuntimeConfig {
    /// The clients of which one is the answer to every registration in mode `static-client`, best first.
    ///
    /// They are public and active, and none is this server's own at the login provider: what is handed to everybody
    /// must not be a secret. And each does for every connector: a registration does not say which connector it is for,
    /// so a client that some connectors advertise and others do not is none of them.
    package var sharedClients: [Client] {
        let connectors = Dictionary(grouping: resources, by: \.name).values
        var advertising: [String: Int] = [:]
        for resources in connectors {
            for id in Set(resources.compactMap(\.clientID)) { advertising[id, default: 0] += 1 }
        }
        let open = openClients
        return open.filter { advertising[$0.id] == connectors.count } + open.filter { advertising[$0.id] == nil }
    }

    /// Clients that may be given to everybody, for one connector or for all.
    package var openClients: [Client] {
        clients.filter { client in
            client.secret == nil && client.authMethods == [.none] && client.status == .active
                && client.id != login?.clientID
        }
    }
}
