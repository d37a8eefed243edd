import ConnectorSpec
import ContentDigest
import Diagnostics
import JSONSyntax
import OAuthModel
import ParallelWork

/// The documents, and whose they are.
struct Documents {
    var all: [MetadataDocument] = []
    /// Indices of the authorization server's own documents.
    var issuer: [Int] = []
    /// Indices by resource.
    var byResource: [[Int]] = []
}

extension Lowering {
    /// Every metadata document at every URL it belongs to, each with the body for that URL.
    mutating func metadataDocuments(issuer: IssuerPlan, resources: [ResourcePlan]) -> Documents {
        var documents = Documents()
        documents.all.reserveCapacity(resources.count * 2 + 4)
        let client = issuer.isBundled ? advertisedClient(issuer) : nil
        let server =
            issuer.isBundled
            ? Body(
                authorizationServer(issuer, client: client?.value.text), of: issuer.url,
                origins: serverOrigins(issuer, client: client))
            : nil
        if let server { addIssuerDocuments(server, issuer: issuer, to: &documents) }
        let lowering = self
        let parts = resources.mapPartsInParallel(when: isLarge) { resources in
            resources.map { lowering.documents(of: $0, issuer: issuer, server: server) }
        }
        for own in parts.joined() {
            documents.byResource.append(Array(documents.all.count..<(documents.all.count + own.count)))
            documents.all += own
        }
        return documents
    }

    private func documents(of resource: ResourcePlan, issuer: IssuerPlan, server: Body?) -> [MetadataDocument] {
        var documents: [MetadataDocument] = []
        let origins = documentOrigins(of: spec.connectors[resource.sectionIndex])
        let own = Body(
            protectedResource(resource.resource, of: resource, issuer: issuer), of: resource.resource,
            origins: origins)
        let path = resource.metadataURL.dropping(bytes: resource.origin.utf8.count)
        documents.append(
            own.document(
                .protectedResource, host: resource.host, path: path,
                reason: "protected resource metadata (RFC 9728 §3.1)", origins: resource.$publicURL.origins))
        let root =
            switch resource.rootMetadata {
            case .off: Body?.none
            case .origin:
                Body(
                    protectedResource(resource.origin, of: resource, issuer: issuer), of: resource.origin,
                    origins: origins)
            case .resource: own
            }
        if let root {
            documents.append(
                root.document(
                    .protectedResource, host: resource.host, path: WellKnown.protectedResource.inserted(before: ""),
                    reason: "protected resource metadata of the origin (RFC 9728 §3.3)",
                    origins: resource.$publicURL.origins))
        }
        if let server, resource.isAlias, resource.host == issuer.host, resource.path != issuer.path {
            documents.append(
                server.document(
                    .authorizationServer, host: resource.host,
                    path: WellKnown.authorizationServer.inserted(before: resource.path),
                    reason: "authorization server metadata, for clients that look below the alias",
                    origins: resource.$publicURL.origins))
        }
        return documents
    }

    private mutating func addIssuerDocuments(_ server: Body, issuer: IssuerPlan, to documents: inout Documents) {
        let section = spec.issuer
        func add(_ body: Body, _ kind: DocumentKind, _ path: String, _ reason: String, _ span: Span) {
            documents.issuer.append(documents.all.count)
            documents.all.append(
                body.document(kind, host: issuer.host, path: path, reason: reason, origins: [span]))
        }
        add(
            server, .authorizationServer, WellKnown.authorizationServer.inserted(before: issuer.path),
            "authorization server metadata (RFC 8414 §3.1)", section.url.span)
        if section.rootMetadata?.value ?? IssuerSection.Default.rootMetadata == .alias, !issuer.path.isEmpty {
            add(
                server, .authorizationServer, WellKnown.authorizationServer.inserted(before: ""),
                "authorization server metadata at the root, for clients that look nowhere else",
                section.rootMetadata?.span ?? section.span)
        }
        if section.openid?.value ?? IssuerSection.Default.openid {
            let body = Body(openIDConfiguration(issuer), of: issuer.url, origins: server.origins)
            let forms = [
                WellKnown.openIDConfiguration.inserted(before: issuer.path),
                WellKnown.openIDConfiguration.appended(to: issuer.path),
            ]
            for path in issuer.path.isEmpty ? Array(forms.prefix(1)) : forms {
                add(
                    body, .openIDConfiguration, path, "OpenID provider metadata (OpenID Connect Discovery 1.0 §4)",
                    section.openid?.span ?? section.span)
            }
        }
    }
}

/// A document's text and entity tag, computed once for all its URLs.
struct Body {
    let text: String
    let etag: String
    let identifier: String
    /// What it says comes from here, besides the URL it is served under.
    let origins: [Span]

    init(_ json: JSON, of identifier: String, origins: [Span]) {
        self.identifier = identifier
        self.origins = origins
        let bytes = json.encoded(.compact)
        text = String(decoding: bytes, as: UTF8.self)
        // Half of the digest is plenty for an entity tag, and keeps ten thousand of them short.
        etag = "\"\(SHA256.hex(bytes).prefix(32))\""
    }

    func document(
        _ kind: DocumentKind, host: String, path: String, reason: String, origins: [Span]
    ) -> MetadataDocument {
        MetadataDocument(
            kind: kind, identifier: identifier, host: host, path: path, body: text, etag: etag, reason: reason,
            origins: origins + self.origins.filter { !origins.contains($0) })
    }
}
