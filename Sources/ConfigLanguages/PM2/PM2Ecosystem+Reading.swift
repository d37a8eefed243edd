package import Diagnostics
import JSONSyntax

extension PM2Ecosystem {
    /// Reads an ecosystem file that is JSON. A file with errors gives what could be read.
    package static func read(_ bytes: [UInt8], file: FileID) -> (ecosystem: PM2Ecosystem, diagnostics: [Diagnostic]) {
        var reader = PM2Reader(file: file)
        do throws(JSONError) {
            let root: JSONNode = try JSONNode.parse(bytes)
            return (reader.ecosystem(root), reader.diagnostics)
        } catch {
            reader.report("this is no JSON: \(error.message)", error.offset..<error.offset)
            return (PM2Ecosystem(apps: []), reader.diagnostics)
        }
    }
}

private struct PM2Reader {
    let file: FileID
    private(set) var diagnostics: [Diagnostic] = []

    init(file: FileID) {
        self.file = file
    }

    mutating func report(_ message: String, _ range: Range<Int>, help: String? = nil) {
        let place = Label(Span(file, range.lowerBound, range.upperBound))
        diagnostics.append(Diagnostic(.pm2Shape, .error, message, at: place, help: help))
    }

    mutating func ecosystem(_ root: JSONNode) -> PM2Ecosystem {
        let banner = root["_generated"]?.json.array?.compactMap(\.string) ?? []
        guard case .array(let apps)? = root["apps"]?.content else {
            report("an ecosystem file has a list named apps", root.range.lowerBound..<root.range.lowerBound)
            return PM2Ecosystem(banner: banner, apps: [])
        }
        return PM2Ecosystem(banner: banner, apps: apps.map { app($0) })
    }

    private mutating func app(_ node: JSONNode) -> PM2Ecosystem.App {
        let name = node["name"]?.json.string
        if name == nil { report("an app has a name, which is a string", node.range) }
        var variables: [PM2Ecosystem.Variable] = []
        if case .object(let members)? = node["env"]?.content {
            for member in members {
                guard let text = text(member.value) else {
                    report("\(member.name) is no string, number or boolean", member.value.range)
                    continue
                }
                variables.append(PM2Ecosystem.Variable(name: member.name, value: text))
            }
        } else if let env = node["env"] {
            report("env is a map of names to strings", env.range)
        }
        return PM2Ecosystem.App(
            name: name ?? "", script: node["script"]?.json.string, cwd: node["cwd"]?.json.string,
            interpreter: node["interpreter"]?.json.string, env: variables)
    }

    private func text(_ node: JSONNode) -> String? {
        switch node.json {
        case .string(let text): text
        case .number(let number): number.literal
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object, .verbatim, .tagged: nil
        }
    }
}
