package import OAuthProtocol

/// Which grants somebody means: those that are all of what is said; what is nil restricts nothing.
package struct GrantSelection: Hashable, Sendable {
    package var id: GrantID?
    package var clientID: String?
    package var subject: String?
    package var resource: String?

    package init(
        id: GrantID? = nil, clientID: String? = nil, subject: String? = nil, resource: String? = nil
    ) {
        self.id = id
        self.clientID = clientID
        self.subject = subject
        self.resource = resource
    }
}

/// What an operator did to what is stored: who, when, and by which command.
package struct OperatorAct: Hashable, Sendable {
    package let at: UnixTime
    /// As the machine knows them: `uid 0`.
    package let actor: String
    /// The command with what it was told: `grants revoke --client cid_mcp`. No secret is ever said to it.
    package let command: String

    package init(at: UnixTime, actor: String, command: String) {
        self.at = at
        self.actor = actor
        self.command = command
    }
}

/// An act as it is remembered.
package struct RecordedAct: Hashable, Sendable {
    /// Goes up with each.
    package let number: Int64
    package let act: OperatorAct
    /// How many grants it ended.
    package let grants: Int

    package init(number: Int64, act: OperatorAct, grants: Int) {
        self.number = number
        self.act = act
        self.grants = grants
    }
}

/// A client that the store knows by anything: because it registered, has grants, or published what is kept.
package struct KnownClient: Hashable, Sendable {
    package let id: String
    /// Nil for one that did not register here.
    package let registration: StoredClient?
    /// How many of its grants live.
    package let grants: Int

    package init(id: String, registration: StoredClient?, grants: Int) {
        self.id = id
        self.registration = registration
        self.grants = grants
    }
}

/// What a removal took away.
package struct ClientRemoval: Hashable, Sendable {
    package let wasRegistered: Bool
    /// How many grants ended.
    package let grants: Int

    package init(wasRegistered: Bool, grants: Int) {
        self.wasRegistered = wasRegistered
        self.grants = grants
    }
}
