import ConnectorPlan
import ConnectorSpec

extension Runbook {
    /// What a server block or the http block around the locations may not say, because no location can switch it off.
    func site(_ page: inout MarkdownPage) {
        guard let nginx = plan.nginx else { return }
        page.heading(2, "What the site around may not say")
        page.line(
            "Passwords, rules of addresses, caches, error pages and mirrors of the site do not reach these locations, and "
                + "need no exception there; but rules of addresses (\(code("allow")), \(code("deny"))) hold on transports besides "
                + "the token. These cannot be switched off from a location: look for them in the server block and the http block."
        )
        page.line()
        page.item(
            "\(code("return")), \(code("rewrite")), \(code("if")) at server level: they answer before a location is found. "
                + "Put them into \(code("location / {}")).")
        page.item(
            "\(code("underscores_in_headers on")), \(code("ignore_invalid_headers off")): let a client send "
                + "\(code("X_MCP_Subject")), which some frameworks read as \(code("X-MCP-Subject")). Leave them out.")
        page.item(
            "\(code("set_real_ip_from")) with more than the proxies in front: everybody then has the address that they name."
        )
        page.item(
            "\(code("limit_req")), \(code("limit_conn")) of the site: count here too (429 in JSON). An event stream is a "
                + "connection for as long as it is open.")
        page.item(
            "\(code("sub_filter")), \(code("add_before_body")), \(code("add_after_body")), \(code("proxy_set_body")): change "
                + "answers or requests. Put them into the locations that need them.")
        page.item(
            "\(code("post_action")): sends every request, its token included, to another location as well.")
        page.item(
            "Lua, njs and Perl handlers, \(code("auth_jwt")), \(code("auth_oidc")), a web application firewall: they guard or "
                + "change requests in ways of their own. Exempt these paths.")
        page.line(headers(nginx), from: nginx.siteHeaders?.spans ?? [])
        if hasLongOrigin {
            page.item(
                "\(code("map_hash_bucket_size")) and \(code("map")): an allowed origin is so long that "
                    + "\(code("map-hash.conf")) sets the former, which nginx takes once and before the first map. Include "
                    + "that file before them, once for all deployments, and remove what you have of your own.")
        }
    }

    /// What becomes of the headers that the site puts on its answers.
    private func headers(_ nginx: NginxPlan) -> String {
        let start = "- \(code("add_header")) of the site: "
        let pages = "the endpoints and pages of the sign-in have policies of their own"
        if nginx.mergesHeaders {
            return start + "comes to documents and transports besides ours, where an "
                + "\(code("Access-Control-Allow-Origin")) would be a second one; \(pages) alone."
        }
        let known = "\(code("targets.nginx.site_headers"))"
        switch nginx.siteHeaders {
        case nil:
            return start
                + "does not reach these locations, since nginx before 1.29.3 forgets it where a location adds one. List "
                + "what the site says (\(code("Strict-Transport-Security")) above all) in \(known), and it is said there too."
        case .fields:
            return start
                + "does not reach these locations by itself. What \(known) lists is said there: keep the two alike. "
                + "Of it, \(pages)."
        case .file(let file):
            return start
                + "documents and transports include \(code(file.value.text)) instead; \(pages), and do without it."
        }
    }

    var hasLongOrigin: Bool {
        NginxOriginMaps(plan.resources, deployment: plan.name).bucketSize != nil
    }
}
