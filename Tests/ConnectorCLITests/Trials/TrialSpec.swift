/// A spec large enough that its build takes a while and makes many files.
enum TrialSpec {
    /// `variant` changes some outputs and leaves others as they are; an odd one also brings a host more.
    static func text(hosts: Int, variant: Int) -> String {
        let hosts = (1...hosts + variant % 2).map { "h\($0).example.com" }
        let connectors = hosts.enumerated().map { index, host in
            """
              c\(index + 1):
                public_url: https://\(host)/mcp
                client_id: cid_trial
                upstream: http://127.0.0.1:\(20000 + index + (index % 2 == 0 ? variant : 0))
                scopes: [mcp.tools]
            """
        }
        return """
            version: 1
            name: trial
            issuer:
              url: https://auth.example.com
              mode: local
              users: { file: /etc/connectorgen/users }
              store: { sqlite: /var/lib/connectorgen/auth.db }
            connectors:
            \(connectors.joined(separator: "\n"))
            clients: [chatgpt, claude]
            targets:
              nginx:
                server_names: [auth.example.com, \(hosts.joined(separator: ", "))]
              env:
                - { file: auth.env, dialect: systemd, connector: c1, preset: connectorgen }

            """
    }
}
