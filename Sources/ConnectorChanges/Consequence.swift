package import Diagnostics

/// One fact of a deployment that differs between two plans, and what follows for those who use it.
package struct Consequence: Sendable {
    /// How much people notice.
    package enum Weight: String, Hashable, Sendable, CaseIterable {
        /// Somebody who is connected is not any more.
        case breaking
        /// Somebody notices, or has something to do.
        case noticeable
        /// Nobody has to do anything besides the deployment.
        case quiet
    }

    /// The key of the spec, or the value of the plan, that differs: `issuer.url`.
    package let fact: String
    package let weight: Weight
    /// What differs, with both values.
    package let change: String
    /// What follows from it: who is affected, and what they have to do.
    package let effect: String
    package let clients: [ClientFate]
    package let steps: [DeployStep]
    /// Places of the new spec, then of the old one.
    package let origins: [Span]

    init<Origins: Sequence<Span>>(
        _ fact: String, _ weight: Weight, _ change: String, _ effect: String, clients: [ClientFate] = [],
        steps: [DeployStep] = [], from origins: Origins = [Span]()
    ) {
        self.fact = fact
        self.weight = weight
        self.change = change
        self.effect = effect
        self.clients = clients
        self.steps = steps
        self.origins = Array(origins)
    }
}

/// What becomes of some clients.
package struct ClientFate: Hashable, Sendable {
    package enum Group: Hashable, Sendable {
        /// All that come in, known beforehand or not.
        case everybody
        /// Those that registered themselves (RFC 7591).
        case registered
        /// Those that are known by a metadata document.
        case documented
        /// A profile of the catalogue by its name, or a predefined client by its id.
        case named(String)
    }

    /// From nothing to the worst.
    package enum Outcome: Int, Hashable, Sendable, Comparable {
        case unaffected
        case added
        /// The person signs in and consents anew; the client finds the way by itself.
        case signsInAgain
        /// The person removes the connector and adds it again.
        case reconnects
        case shutOut

        package static func < (left: Outcome, right: Outcome) -> Bool { left.rawValue < right.rawValue }
    }

    package let group: Group
    package let outcome: Outcome

    init(_ group: Group, _ outcome: Outcome) {
        self.group = group
        self.outcome = outcome
    }
}

extension ClientFate.Outcome {
    /// For people.
    package var text: String {
        switch self {
        case .unaffected: "goes on as before"
        case .added: "may come in now"
        case .signsInAgain: "signs in and consents again"
        case .reconnects: "must remove and add the connector"
        case .shutOut: "gets no access any more"
        }
    }

    /// For programs.
    package var word: String {
        switch self {
        case .unaffected: "unaffected"
        case .added: "added"
        case .signsInAgain: "signs-in-again"
        case .reconnects: "reconnects"
        case .shutOut: "shut-out"
        }
    }
}
