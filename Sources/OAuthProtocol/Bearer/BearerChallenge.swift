package import RuntimeConfig

/// The `WWW-Authenticate` of a protected resource (RFC 6750 §3, RFC 9728 §5.1).
///
/// One line of at most 1 KiB. What does not fit, or cannot stand in a quoted string, is left out from the least needed
/// on: the description, then the scopes; clients find those in the metadata as well.
package struct BearerChallenge: Hashable, Sendable {
    /// Nil at an endpoint that is no resource of the deployment.
    package let metadataURL: String?
    package let scopes: [String]
    /// Nil where no token was offered: then there is nothing to say against it (RFC 6750 §3.1).
    package let error: OAuthError?
    package let description: String?

    /// `further` are scopes that the resource does not advertise and the request needs (RFC 6750 §3.1).
    package init(
        resource: RuntimeConfig.Resource, error: OAuthError? = nil, further: [String] = [], description: String? = nil
    ) {
        metadataURL = resource.metadataURL
        scopes = resource.scopes + further.filter { !resource.scopes.contains($0) }
        self.error = error
        self.description = description
    }

    /// The challenge of an endpoint of the server itself, such as UserInfo.
    package init(scopes: [String], error: OAuthError? = nil) {
        metadataURL = nil
        self.scopes = scopes
        self.error = error
        description = nil
    }

    /// The value of the field.
    package var fieldValue: String {
        let candidates = [
            parameters(withScopes: true, withDescription: true), parameters(withScopes: true, withDescription: false),
            parameters(withScopes: false, withDescription: false),
        ]
        let fitting = candidates.first { $0.utf8.count <= Self.longest }
        return fitting ?? "Bearer"
    }

    private static let longest = 1_024

    private func parameters(withScopes: Bool, withDescription: Bool) -> String {
        let all: [(String, String?)] = [
            ("resource_metadata", metadataURL),
            ("scope", withScopes && !scopes.isEmpty ? scopes.joined(separator: " ") : nil),
            ("error", error?.rawValue),
            ("error_description", withDescription ? description : nil),
        ]
        let written = all.compactMap { name, value in
            value.flatMap(Self.quoted).map { "\(name)=\($0)" }
        }
        return written.isEmpty ? "Bearer" : "Bearer \(written.joined(separator: ", "))"
    }

    /// A `quoted-string` (RFC 9110 §5.6.4) of printable ASCII; nil for text that has other bytes.
    private static func quoted(_ text: String) -> String? {
        var result = "\""
        for scalar in text.unicodeScalars {
            guard (0x20...0x7E).contains(scalar.value) else { return nil }
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}
