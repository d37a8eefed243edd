import ConfigLanguages
import Testing

/// What the real readers make of 58 lines: systemd 252, compose-go, docker's key/value rule, Node 20, dotenv 17,
/// python-dotenv 1.2, and bash and dash, with `HOSTVAR=fromhost` in their environment.
enum EnvMatrix {
    enum Outcome: Equatable, Sendable {
        /// A nil value is a name without one.
        case sets([String: String?])
        /// The reader stops with an error, or would run something.
        case refused
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let outcomes: [EnvDialect: Outcome]
        var testDescription: String { name }

        init(_ name: String, _ text: String, all: Outcome) {
            self.init(name, text, all, all, all, all, all, all, all)
        }

        /// The shell's column is bash and dash, which agree everywhere.
        init(
            _ name: String, _ text: String, _ systemd: Outcome, _ compose: Outcome, _ dockerRaw: Outcome,
            _ node: Outcome, _ dotenv: Outcome, _ pythonDotenv: Outcome, _ shell: Outcome
        ) {
            self.name = name
            self.text = text
            outcomes = [
                .systemd: systemd, .compose: compose, .dockerRaw: dockerRaw, .node: node, .dotenv: dotenv,
                .pythonDotenv: pythonDotenv, .shell: shell,
            ]
        }
    }
}

/// A string literal stands for the value of `A`.
extension EnvMatrix.Outcome: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral value: String) { self = .sets(["A": value]) }
    init(dictionaryLiteral elements: (String, String?)...) {
        self = .sets(Dictionary(elements) { _, last in last })
    }
}
