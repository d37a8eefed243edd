/// The life of a refresh token under rotation (RFC 9700 §4.14.2), without I/O and without a clock.
package struct RefreshTokenState: Hashable, Sendable {
    /// The earlier of the idle and the absolute limit.
    package let expiresAt: UnixTime
    /// Whether the grant that it belongs to was revoked.
    package let isRevoked: Bool
    package let rotation: Rotation?

    package init(expiresAt: UnixTime, isRevoked: Bool, rotation: Rotation?) {
        self.expiresAt = expiresAt
        self.isRevoked = isRevoked
        self.rotation = rotation
    }

    /// That the token was exchanged for its successor.
    package struct Rotation: Hashable, Sendable {
        package let at: UnixTime
        package let successor: TokenHash
        /// Whether the successor was itself exchanged: then its owner has it, and the old token proves a theft.
        package let isSuccessorUsed: Bool

        package init(at: UnixTime, successor: TokenHash, isSuccessorUsed: Bool) {
            self.at = at
            self.successor = successor
            self.isSuccessorUsed = isSuccessorUsed
        }
    }

    package enum Decision: Hashable, Sendable {
        /// The first time: the successor comes into being.
        case rotate
        /// Again within the grace: the successor as it was made at first, no second one.
        case sameSuccessor(TokenHash)
        /// Again after the grace, or when the successor was used: the whole grant is to be revoked.
        case reused
        case expired
        case revoked
        /// Within the grace, but the server's key has changed and the successor cannot be told again.
        case successorLost
    }

    /// How long a client may ask again after an answer that it did not get.
    package static let grace = Duration.seconds(60)

    /// What to do when its client presents the token. The secret of the successor is derived from the token and a key
    /// of the server, so it is the same each time; the successor was made when it was first asked for.
    package func presented(successor: TokenHash, now: UnixTime) -> Decision {
        if isRevoked { return .revoked }
        guard now < expiresAt else { return .expired }
        guard let rotation else { return .rotate }
        guard now <= rotation.at + Self.grace, !rotation.isSuccessorUsed else { return .reused }
        return rotation.successor.isOfSameSecret(as: successor) ? .sameSuccessor(rotation.successor) : .successorLost
    }
}
