import ConfigLanguages
import ConnectorPlan
import Diagnostics
import EdgeModel

/// A server block of an observed file, with the directives of the observed files that it includes in their places.
struct NginxServer: Sendable {
    let opener: NginxDirective
    let directives: [NginxDirective]
    /// Includes of files that were not given.
    let unseenIncludes: [NginxDirective]

    init(_ directive: NginxDirective, among files: [NginxFile]) {
        opener = directive
        var expansion = Expansion(files: files)
        expansion.add(directive.block?.directives ?? [])
        directives = expansion.directives
        unseenIncludes = expansion.unseen
    }

    /// The directives of a block and of what it includes, each file once: files that include each other would never
    /// end.
    private struct Expansion {
        let files: [NginxFile]
        private(set) var directives: [NginxDirective] = []
        private(set) var unseen: [NginxDirective] = []
        private var known: Set<FileID> = []

        init(files: [NginxFile]) {
            self.files = files
        }

        mutating func add(_ block: [NginxDirective]) {
            for directive in block {
                directives.append(directive)
                guard directive.name == "include", let path = directive.arguments.first?.text else { continue }
                let included = files.filter { NginxInclude(path).names($0.path) }
                if included.isEmpty { unseen.append(directive) }
                for file in included where known.insert(file.id).inserted { add(file.block.directives) }
            }
        }
    }

    /// What `server_name` says of a host; nil where a regular expression would have to be asked.
    func answers(to host: String) -> Bool? {
        var isUnknown = false
        for name in names {
            guard !name.text.hasPrefix("~") else {
                isUnknown = true
                continue
            }
            if Self.matches(name.text.lowercased(), host) { return true }
        }
        return isUnknown ? nil : false
    }

    var names: [NginxArgument] { directives.filter { $0.name == "server_name" }.flatMap(\.arguments) }

    /// `example.com`, `*.example.com`, `.example.com`, `www.example.*` (ngx_http_core_module, server_name).
    private static func matches(_ name: String, _ host: String) -> Bool {
        if name == host { return true }
        if name.hasPrefix("*.") { return host.hasSuffix(name.dropFirst()) && host.utf8.count >= name.utf8.count }
        if name.hasPrefix(".") { return host == name.dropFirst() || host.hasSuffix(name) }
        if name.hasSuffix(".*") { return host.hasPrefix(name.dropLast()) }
        return false
    }

    /// True where clients speak TLS to it.
    var isTLS: Bool {
        directives.contains { directive in
            directive.name == "listen"
                && directive.arguments.contains {
                    $0.text == "ssl" || $0.text == "quic" || $0.text == "443" || $0.text.hasSuffix(":443")
                }
        }
    }

    var locations: [NginxLocationName] { directives.compactMap { NginxLocationName($0) } }
}
