import ConfigLanguages
import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import EdgeModel

/// The nginx files that a request is sent through: the outputs of a spec where an operator puts them, and those that
/// are deployed around them.
struct TracedFiles {
    private(set) var sources: SourceMap
    private(set) var files: [NginxEdge.File] = []
    private let plan: DeploymentPlan
    private let nginx: NginxPlan

    init(_ compilation: Compilation, _ plan: DeploymentPlan, _ nginx: NginxPlan) {
        sources = compilation.sources
        (self.plan, self.nginx) = (plan, nginx)
        for artifact in compilation.artifacts where artifact.path.hasPrefix("nginx/") {
            let name = artifact.path.dropFirst("nginx/".utf8.count)
            let file = SourceFile(path: artifact.path, bytes: artifact.bytes)
            read(file, includedAs: "\(nginx.includeFolder)/\(name)")
        }
    }

    private mutating func read(_ file: SourceFile, includedAs path: String) {
        let id = sources.add(file)
        files.append(NginxEdge.File(path: path, block: NginxParser.parse(file.bytes, file: id).file))
    }

    /// A deployed file. One that is no nginx configuration is refused: a way through half of it would be a guess.
    mutating func add(_ path: String) throws(FileError) {
        let file = SourceFile(path: path, bytes: try OpenFile.reading(path).readAll())
        if let problem = NginxParser.parse(file.bytes, file: FileID(0)).problems.first {
            throw FileError(
                "read", "\(path):\(file.position(at: problem.span.start).line)", reason: problem.message,
                advice: "fix the file until nginx -t takes it")
        }
        read(file, includedAs: path)
    }

    /// Server blocks with the generated files alone, for a spec without a deployment around it.
    mutating func addServers() {
        for host in plan.edge.hosts {
            let port = EdgeRequest(url: "\(host.scheme)://\(host.authority)")?.port ?? 443
            let text = """
                server {
                    listen \(port)\(host.scheme == "https" ? " ssl" : "");
                    server_name \(host.name);
                    include \(nginx.includePath(of: host));
                }

                """
            read(
                SourceFile(path: "server block of \(host.name)", bytes: Array(text.utf8)),
                includedAs: "server of \(host.name)")
        }
    }
}
