import ConfigLanguages
import Diagnostics

// What PM2 starts, and what processes were seen to have.
extension ObservedDeployment {
    mutating func readEcosystems() {
        for file in files {
            guard case .script(let value) = file.content else { continue }
            let apps = value["apps"]?.items ?? value.items ?? (value["script"] == nil ? [] : [value])
            for app in apps {
                let name = app["name"]?.text ?? "without a name"
                var environment = ObservedEnvironment(.pm2, name, at: app.member("name")?.valueSpan)
                environment.program = app["script"]?.text ?? ""
                if let member = app.member("env") {
                    environment.layers = [
                        ObservedLayer(.pm2, "`env` of the PM2 app \(name)", Self.assignments(of: member.value))
                    ]
                    switch member.value {
                    case .object(_, isComplete: true): break
                    default: environment.unseen.append(Label(member.nameSpan, "some of it is computed by the script"))
                    }
                }
                if case .object(_, isComplete: false) = app, app.member("env") == nil, let name = app.member("name") {
                    environment.unseen.append(Label(name.nameSpan, "the app has more than is written here"))
                }
                environments.append(environment)
            }
        }
    }

    private static func assignments(of value: ScriptLiteral) -> [ObservedAssignment] {
        guard case .object(let members, _) = value else { return [] }
        return members.map { member in
            let text: ObservedValue =
                switch member.value {
                case .text(let text), .number(let text): .text(text)
                case .flag(let flag): .text(flag ? "true" : "false")
                case .null, .list, .object: .unknown("it is no text")
                case .computed: .unknown("the script computes it")
                }
            return ObservedAssignment(
                member.name, text, nameSpan: member.nameSpan, valueSpan: member.valueSpan,
                isLiteral: text.text != nil)
        }
    }

    /// `pm2 env ID` prints `NAME: value`; `/proc/PID/environ` has `NAME=value` with NUL bytes between.
    mutating func readProcesses() {
        for file in files {
            let (end, sign): (UInt8, String)
            switch file.kind {
            case .pm2Process: (end, sign) = (0x0A, ": ")
            case .process: (end, sign) = (0x00, "=")
            default: continue
            }
            var assignments: [ObservedAssignment] = []
            var start = 0
            while start < file.bytes.count {
                let stop = file.bytes[start...].firstIndex(of: end) ?? file.bytes.count
                let line = start..<stop
                start = stop + 1
                let name = line.prefix { file.bytes[$0].isNamePart }
                let value = name.endIndex + sign.utf8.count
                guard !name.isEmpty, value <= line.upperBound,
                    file.bytes[name.endIndex..<value].elementsEqual(sign.utf8)
                else { continue }
                assignments.append(
                    ObservedAssignment(
                        String(decoding: file.bytes[line.lowerBound..<name.endIndex], as: UTF8.self),
                        .text(String(decoding: file.bytes[value..<line.upperBound], as: UTF8.self)),
                        nameSpan: Span(file.id, line.lowerBound, name.endIndex),
                        valueSpan: Span(file.id, value, line.upperBound)))
            }
            environments.append(
                ObservedEnvironment(
                    .pm2, FilePathText.name(of: file.path), at: nil,
                    layers: [ObservedLayer(.process, "the running process", assignments)]))
        }
    }
}

extension UInt8 {
    /// `[A-Za-z0-9_]`
    fileprivate var isNamePart: Bool {
        (0x30...0x39).contains(self) || (0x61...0x7A).contains(self | 0x20) || self == UInt8(ascii: "_")
    }
}
