import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Templates

/// The nginx files: one for the http level, one of locations for each host, and the snippets that locations include.
///
/// The server blocks, their certificates and their other locations stay with whoever runs nginx. What is
/// emitted, and what never is, follows nginx.md §4 to §6: exact locations, encoded literals, no regular expressions,
/// no rewriting, no variables with a request's text in the way of a request.
package struct NginxBackend: Backend {
    package static let name = "nginx"

    package init() {}

    package func render(_ context: RenderContext) -> Rendering {
        guard let nginx = context.plan.nginx else { return Rendering() }
        var rendering = Rendering()
        do throws(Unrepresentable) {
            let origins = NginxOriginMaps(context.plan.resources, deployment: context.plan.name)
            let names = NginxNames(context.plan, nginx)
            let snippets = try NginxSnippets(context.plan, nginx, names, origins)
            let comments = SpecComments(context.sources)
            let http = NginxHTTPFile(
                nginx: nginx, names: names, plan: context.plan, origins: origins, comments: comments)
            renderHTTP(http, context, into: &rendering)
            for host in context.plan.edge.hosts {
                let file = try NginxHostFile(
                    host, plan: context.plan, nginx: nginx, names: names, snippets: snippets, origins: origins,
                    comments: comments)
                renderHost(file, context, into: &rendering)
            }
            let once = origins.hashSize(context.plan).map { [(NginxSnippet.onceFile, $0)] } ?? []
            for (path, snippet) in snippets.files.map({ ($0.path, $0) }) + once {
                rendering.add(
                    path, .nginxSnippet, block: "directives", try snippet.print(comments), context, nginx,
                    origins: snippet.parts.map(\.origins), ["purpose": (snippet.purpose, snippet.purposeOrigins)])
            }
        } catch {
            rendering.report(error, at: nginx.origins)
        }
        return rendering
    }

    private func renderHTTP(_ file: NginxHTTPFile, _ context: RenderContext, into rendering: inout Rendering) {
        let (text, diagnostics) = file.print()
        rendering.diagnostics += diagnostics
        let nginx = file.nginx
        rendering.add(
            "nginx/connectorgen-http.conf", .nginxHTTP, block: "directives", text, context, nginx,
            origins: file.tagOrigins, ["deployment": (context.plan.name, [context.plan.spec.name.span])])
    }

    private func renderHost(_ file: NginxHostFile, _ context: RenderContext, into rendering: inout Rendering) {
        let host = file.host
        let words: [String: (String, origins: [Span])] = ["host": (host.name, host.origins)]
        let (text, diagnostics) = file.print(.own)
        rendering.diagnostics += diagnostics
        rendering.add(
            "nginx/\(host.fileName)", .nginxServer, block: "locations", text, context, file.nginx,
            origins: file.origins, words)
        guard let rootFile = host.rootFileName else { return }
        let path = "nginx/\(rootFile)"
        // Hosts with nothing there share it.
        guard rendering.artifacts.allSatisfy({ $0.path != path }) else { return }
        let (root, rootDiagnostics) = file.print(.root)
        rendering.diagnostics += rootDiagnostics
        rendering.add(
            path, .nginxRoot, block: "locations", root, context, file.nginx, origins: file.origins, [:])
    }
}

extension Rendering {
    /// Puts the printed text into its template and the result among the artifacts.
    fileprivate mutating func add(
        _ path: String, _ definition: TemplateDefinition<NginxLanguage>, block: String, _ text: NginxText,
        _ context: RenderContext, _ nginx: NginxPlan, origins: [[Span]], _ words: [String: (String, origins: [Span])]
    ) {
        let banner = [
            "product": "\(Product.name) \(Product.version)", "source": context.bannerSource,
            "digest": context.specDigest, "file": path, "target": nginx.version.text,
        ]
        do throws(Unrepresentable) {
            var values: [String: Fragment<NginxLanguage>] = [block: text.fragment]
            for (name, word) in banner.merging(words.mapValues(\.0), uniquingKeysWith: { $1 }) {
                values[name] = try NginxLanguage.commentText(word)
            }
            add(
                path, definition, values, block: block, text.taggedLines, origins: origins,
                head: words.mapValues(\.origins), context)
        } catch {
            report(error, at: nginx.origins)
        }
    }

    private mutating func add(
        _ path: String, _ definition: TemplateDefinition<NginxLanguage>, _ values: [String: Fragment<NginxLanguage>],
        block: String, _ taggedLines: [NginxText.TaggedLines], origins: [[Span]], head: [String: [Span]],
        _ context: RenderContext
    ) {
        do throws(TemplateFailure) {
            let rendered = try context.templates.render(definition, values)
            let offset = (rendered.blockLines[block] ?? 1) - 1
            let provenance = taggedLines.filter { !origins[$0.tag].isEmpty }.map { tagged in
                Provenance(
                    lines: (tagged.lines.lowerBound + offset)...(tagged.lines.upperBound + offset),
                    origins: origins[tagged.tag])
            }
            artifacts.append(
                Artifact(
                    path: path, mode: 0o644, text: rendered.text, provenance: rendered.provenance(head) + provenance))
        } catch {
            diagnostics += error.diagnostics
        }
    }

    fileprivate mutating func report(_ error: Unrepresentable, at origins: [Span]) {
        diagnostics.append(
            Diagnostic(
                .nginxValueUnrepresentable, .error, "nginx cannot express a value: it has \(error.reason)",
                at: origins.first.map { Label($0) }, help: "use a value without it"))
    }
}
