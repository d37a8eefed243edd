import ConnectorSpec
package import Diagnostics
package import OAuthModel

/// A URL space of one host and what answers it.
package struct Route: Sendable {
    package enum Match: Hashable, Sendable {
        /// The path and no other.
        case exact(String)
        /// The path, which ends in a slash, and everything below it.
        case subtree(String)
    }

    package enum Action: Sendable {
        /// Index into `DeploymentPlan.documents`.
        case document(Int)
        /// Index into `DeploymentPlan.resources`.
        case transport(Int)
        /// The second path of an older transport, by which its clients send: index into `DeploymentPlan.resources`.
        case messages(Int)
        /// An endpoint of `connectorgen-auth`, and the path it is served under there.
        case endpoint(EndpointName, upstreamPath: String)
        case legacyAlias(EndpointName, upstreamPath: String, sunset: CalendarDate)
        /// A document of an external issuer, at `EdgePlan.externalServer`, often under another path (keycloak.md §8).
        case external(upstreamPath: String)
        /// Endpoints and pages of an external issuer, at the same server.
        case issuer(upstreamPath: String)
        case acmeChallenge
        /// A text that proves to a vendor that the host is ours.
        case domainProof(String)
        /// 404 with a JSON body.
        case notFound
    }

    package var match: Match
    package var action: Action
    /// Why it is there, for the comment above it.
    package var reason: String
    package var origins: [Span]
    /// True for what a host has once, however many deployments it has: the documents at its root, the answers to names
    /// that nobody serves. Of several deployments one owns them.
    package var isOfHost = false
    /// True where an external issuer registers clients for whoever asks: the edge counts the requests of an address.
    package var registersClients = false
}
