import ConfigLanguages
import ConnectorPlan
import ConnectorSpec

extension NginxHostFile {
    /// What nginx answers by itself on OAuth paths: JSON in each case, since clients parse nothing else.
    func printErrorAnswers(to printer: inout NginxPrinter) {
        let isProxying = host.routes.contains { route in
            switch route.action {
            case .transport, .endpoint, .legacyAlias, .external: true
            case .document: nginx.metadata == .proxied
            case .verification, .acmeChallenge, .domainProof, .notFound: false
            }
        }
        let hasLimits = host.routes.contains { route in
            switch route.action {
            case .transport, .endpoint, .legacyAlias: true
            default: false
            }
        }
        if isProxying {
            append(
                "@connectorgen_unavailable", "a server behind nginx is away", retryAfter: true,
                NginxDirective("return", ["503", #"{"error":"temporarily_unavailable"}"#]), to: &printer)
        }
        if hasLimits {
            append(
                "@connectorgen_too_large", "a request body over the limit", retryAfter: false,
                NginxDirective(
                    "return",
                    ["413", #"{"error":"invalid_request","error_description":"the request body is too large"}"#]),
                to: &printer)
            append(
                "@connectorgen_too_many", "more requests than a limit allows", retryAfter: true,
                NginxDirective("return", ["429", #"{"error":"temporarily_unavailable"}"#]), to: &printer)
        }
    }

    private func append(
        _ name: NginxArgument, _ comment: String, retryAfter: Bool, _ answer: NginxDirective,
        to printer: inout NginxPrinter
    ) {
        var directives = [
            NginxDirective("default_type", ["application/json"]), NginxDirective("types", block: NginxBlock()),
            NginxDirective("add_header", ["Cache-Control", "no-store", "always"]),
        ]
        if retryAfter { directives.append(NginxDirective("add_header", ["Retry-After", "5", "always"])) }
        printer.blankLine()
        printer.append(
            NginxDirective("location", [name], block: NginxBlock(directives + [answer]), comments: [comment]))
    }
}
