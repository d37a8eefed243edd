package import RuntimeConfig
import WebSyntax

/// The resources of this server by every spelling that a request may use (RFC 8707 §2).
///
/// A spelling is compared after the case of scheme and host and a default port were brought to one form; the
/// canonical identifier is what goes on from there, byte for byte as the spec has it.
package struct ResourceIndicators: Sendable {
    private let resources: [RuntimeConfig.Resource]
    private let indexByKey: [String: Int]

    package init(_ resources: [RuntimeConfig.Resource]) {
        self.resources = resources
        var indexByKey: [String: Int] = [:]
        for (index, resource) in resources.enumerated() {
            if let key = Self.key(resource.resource) { indexByKey[key] = index }
        }
        for (index, resource) in resources.enumerated() {
            for key in resource.equivalentIdentifiers.compactMap(Self.key) where indexByKey[key] == nil {
                indexByKey[key] = index
            }
        }
        self.indexByKey = indexByKey
    }

    /// The resource that all the values name; nil when there is none.
    package func resource(_ values: [String]) throws(Rejection) -> RuntimeConfig.Resource? {
        var found: Int?
        for value in values {
            guard let key = Self.key(value) else { throw .resource(.malformed) }
            guard let index = indexByKey[key] else { throw .resource(.foreign) }
            guard found == nil || found == index else { throw .resource(.several) }
            found = index
        }
        return found.map { resources[$0] }
    }

    /// The canonical identifier of the one resource that a token request names, since a token has one audience; named
    /// more than once it is still one (RFC 8707 §2). Nil when it names none.
    package func requested(by form: ParameterList) throws(Rejection) -> String? {
        try resource(form.values(.resource))?.resource
    }

    /// What a request without `resource` means (RFC 8707 §2 leaves it to the server): the connector that all the
    /// connector scopes of the request belong to; else the one that alone advertises the client, or that it registered
    /// the scopes of; else the only one there is. Of a connector with aliases it is the resource of its public URL.
    ///
    /// - Throws: ``Rejection/resource(_:)`` with `ambiguous` where none of this tells one connector from the others.
    package func implied(by scopes: [String], of client: ClientRecord) throws(Rejection) -> RuntimeConfig.Resource {
        if let resource = owner(of: scopes) { return resource }
        let advertising = resources.filter { $0.clientID?.hasSameBytes(as: client.id) == true }
        if let first = advertising.first, advertising.allSatisfy({ $0.name == first.name }) { return first }
        if let resource = owner(of: client.registeredScopes) { return resource }
        guard let first = resources.first else { throw .resource(.foreign) }
        guard resources.allSatisfy({ $0.name == first.name }) else { throw .resource(.ambiguous) }
        return first
    }

    /// The first resource of the one connector that has all those of the scopes that connectors have; nil where no
    /// connector has any of them, or more than one has them all.
    private func owner(of scopes: [String]) -> RuntimeConfig.Resource? {
        let known = Set(resources.flatMap(\.scopes))
        let asked = scopes.filter(known.contains)
        guard !asked.isEmpty else { return nil }
        let owners = resources.filter { resource in asked.allSatisfy(resource.scopes.contains) }
        guard let first = owners.first, owners.allSatisfy({ $0.name == first.name }) else { return nil }
        return first
    }

    /// Nil for what is no absolute http URL, or has a fragment, userinfo or more than 2 KiB.
    private static func key(_ text: String) -> String? {
        guard let uri = try? AbsoluteURI(text), uri.fragment == nil, let authority = uri.authority,
            !authority.hasUserinfo, !authority.host.isEmpty
        else { return nil }
        let scheme = uri.scheme.asciiLowercased
        let standard: Int
        switch scheme {
        case "https": standard = 443
        case "http": standard = 80
        default: return nil
        }
        let port = authority.port == nil || authority.port == standard ? "" : ":\(authority.port ?? standard)"
        let path = uri.path == "/" ? "" : uri.path
        return "\(scheme)://\(authority.host.asciiLowercased)\(port)\(path)\(uri.query.map { "?" + $0 } ?? "")"
    }
}
