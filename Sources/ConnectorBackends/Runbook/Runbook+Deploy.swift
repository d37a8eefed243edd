import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import WebSyntax

extension Runbook {
    func identity(_ page: inout MarkdownPage) {
        let sections = plan.spec.connectors
        let code = MarkdownPage.code  // without `self`, whose copy for each row would cost more than the row
        page.from(plan.issuer.$url.origins) { page in
            page.line("- Issuer: \(code(plan.issuer.url)), mode \(code(plan.issuer.mode.rawValue))")
            page.line("- AS metadata: \(plan.issuer.discoveryURLs.first.map(code) ?? "of the issuer")")
        }
        page.line()
        page.table(
            ["Connector", "URL for clients", "Resource = audience", "Client id", "Scopes"],
            plan.resources.lazy.map { resource in
                MarkdownPage.Row(
                    cells: [
                        code(resource.connector) + (resource.isAlias ? " (alias)" : ""), code(resource.publicURL),
                        code(resource.resource), resource.clientID.map(code) ?? "none",
                        resource.scopes.map(code).joined(separator: " "),
                    ], origins: resource.$publicURL.origins + sections[resource.sectionIndex].identityOrigins)
            })
    }

    func deployOrder(_ page: inout MarkdownPage) {
        page.heading(2, "Deploy order")
        var steps: [MarkdownPage.Line] = []
        func add(_ text: String, from origins: [Span] = []) { steps.append(.init(text, from: origins)) }
        let secrets = secretNames
        if !secrets.isEmpty {
            let names = secrets.map { code($0.name) }.joined(separator: ", ")
            add("Have these secrets where the services read them: \(names).", from: secrets.flatMap(\.origins))
        }
        if let keycloak = plan.keycloak {
            add(
                "Bring the realm to its state: \(code("sh keycloak/apply.sh")), then \(code("sh keycloak/verify.sh")); "
                    + "the first run is under \(Self.keycloakHeading), below.",
                from: keycloak.origins)
        }
        for file in plan.environment { add(deployStep(of: file), from: file.origins) }
        if needsServer {
            add(
                "Put \(code("runtime/connectorgen-auth.json")) in its place and restart \(code("connectorgen-auth")); "
                    + "wait until \(code(readinessCheck)) succeeds.",
                from: [plan.spec.issuer.privateListen?.span ?? plan.spec.issuer.span])
        }
        if let nginx = plan.nginx {
            add(
                "Copy the folder \(code("nginx/")) whole to \(code(nginx.includeFolder)) "
                    + "(\(code("cp -r nginx/. \(nginx.includeFolder)/"))\(Self.place(of: nginx.includeFolder))), include its files as "
                    + "below, then \(code("nginx -t && nginx -s reload")).",
                from: nginx.$includeFolder.writtenOrigins + nginx.origins)
        }
        add("Purge the CDN's copies (below), then run the checks (below).")
        add("Only then ask users to connect; a client that keeps failing is removed and added again there.")
        page.steps(steps)
    }

    /// Asks the private listener of `connectorgen-auth` whether it serves.
    private var readinessCheck: String {
        switch plan.edge.privateServer.address {
        case .tcp(let host, let port): "curl -fsS http://\(host):\(port)/readyz"
        case .unix(let path): "curl -fsS --unix-socket \(path) http://localhost/readyz"
        }
    }

    /// Where a relative folder of includes stands.
    private static func place(of includeFolder: String) -> String {
        includeFolder.hasPrefix("/") ? "" : ", in the folder of nginx.conf"
    }

    var needsServer: Bool { plan.needsServer }

    func serverBlocks(_ page: inout MarkdownPage) {
        guard let nginx = plan.nginx else { return }
        page.heading(
            2, "nginx \(nginx.version.text) or later",
            from: [plan.spec.targets.nginx?.version?.span ?? plan.spec.targets.nginx?.span].compactMap(\.self))
        page.from(nginx.origins + nginx.$includeFolder.writtenOrigins) { page in
            page.line("In the http block, once:")
            var files = ["connectorgen-http.conf"]
            if hasLongOrigin { files.insert("map-hash.conf", at: 0) }
            page.block("nginx", files.map { "include \(nginx.includeFolder)/\($0);" })
            for host in hosts {
                page.line()
                page.line(
                    "In the server block of \(code(host.name)), before any other location:", from: host.origins)
                page.block("nginx", serverBlock(of: host, nginx), from: host.origins)
            }
        }
        before(nginx, &page)
        let redirected = hosts.filter { $0.scheme == "https" && $0.port == 443 }
        // Where TLS ends before nginx, port 80 is what the balancer comes to: a redirect there would go round for ever.
        guard nginx.tls == .here else { return }
        guard !redirected.isEmpty else { return }
        page.line()
        page.line(
            "On port 80 nothing but the way to https: a token or a password that was posted there is refused, never "
                + "sent on.")
        page.block(
            "nginx", Self.plainServerBlock(of: redirected.map(\.name)), from: redirected.flatMap(\.origins))
    }

    /// What stands before nginx, and what is believed of it.
    private func before(_ nginx: NginxPlan, _ page: inout MarkdownPage) {
        if nginx.tls == .terminated {
            page.line()
            page.line(
                "TLS ends before nginx: the balancer or the tunnel hands the public name on in \(code("Host")), and sends people "
                    + "who come in plain HTTP to https itself. Nobody else may reach this port.",
                from: plan.spec.targets.nginx?.tls.map { [$0.span] } ?? [])
        }
        guard let caller = nginx.realIP else { return }
        let ranges = caller.from.map { code($0.value.text) }.joined(separator: ", ")
        page.line()
        page.line(
            "Who calls is whoever \(code(caller.header?.value.text ?? RealIPSection.Default.header)) names, from \(ranges) "
                + "alone; from anywhere else the header changes nothing. A \(code("set_real_ip_from")) of the site at server or "
                + "http level comes first and has to name the same.",
            from: caller.from.map(\.span) + [caller.header?.span].compactMap(\.self))
    }

    /// 308 keeps the method; everything but reading has crossed the network in the open already and must fail.
    private static func plainServerBlock(of hosts: [String]) -> [String] {
        [
            "server {",
            "    listen 80;",
            "    server_name \(hosts.joined(separator: " "));",
            "    location ^~ /.well-known/acme-challenge/ {",
            "        # root as your certificates want it",
            "    }",
            "    location / {",
            "        if ($request_method !~ ^(GET|HEAD)$) { return 403; }",
            "        return 308 https://$host$request_uri;",
            "    }",
            "}",
        ]
    }

    /// While somebody signs in, a cookie of Keycloak's holds what the client has sent, its `state` twice: one of 4,000
    /// bytes makes a header of 9 KiB, which nginx refuses by default. Three such headers are what the verifier takes.
    static let keycloakHeaders = "large_client_header_buffers 3 16k;"

    /// `http2` became a directive of its own with 1.25.1, where the parameter of `listen` is deprecated.
    private func serverBlock(of host: HostPlan, _ nginx: NginxPlan) -> [String] {
        var lines = ["server {"]
        if nginx.tls == .terminated {
            lines.append("    listen 80;")
        } else if host.scheme == "https" {
            if nginx.version.numbers.lexicographicallyPrecedes([1, 25, 1]) {
                lines.append("    listen \(host.port) ssl http2;")
            } else {
                lines += ["    listen \(host.port) ssl;", "    http2 on;"]
            }
        } else {
            lines.append(
                "    listen \(host.authority.contains(":") ? host.authority : "\(host.authority):\(host.port)");")
        }
        lines.append("    server_name \(host.name);")
        if host.name == plan.issuer.host, plan.issuer.isRoutedKeycloak {
            lines.append("    \(Self.keycloakHeaders)")
        }
        if host.scheme == "https", nginx.tls == .here {
            lines.append("    # ssl_certificate and ssl_certificate_key as you have them")
        }
        lines += ["    include \(nginx.includePath(of: host));", "}"]
        return lines
    }

    func rollBack(_ page: inout MarkdownPage) {
        page.heading(2, "Roll-back")
        var texts = [
            "Take the previous output from version control, \(code("connectorgen.lock")) included: it belongs together.",
            "Put its files in their places in the reverse of the deploy order, and reload as above.",
        ]
        if plan.keycloak != nil {
            texts.append(
                "Run the older \(code("keycloak/apply.sh")); what only the newer one had it lists, and \(code("retire.sh")) takes out."
            )
        }
        let keeper = plan.issuer.isBundled ? "the store of connectorgen-auth" : "the external issuer"
        texts.append("Tokens and registrations live in \(keeper), not in these files: do not restore that.")
        texts.append("Purge the CDN's copies again and run the checks.")
        page.steps(texts.map { .init($0) })
    }
}

extension ConnectorSection {
    /// Where it says what clients are told of it, besides its URL.
    fileprivate var identityOrigins: [Span] {
        [name.span, resource?.span, clientID.located?.span].compactMap(\.self) + scopes.map(\.span)
    }
}
