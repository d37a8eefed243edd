import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// One way to be let in to a resource: everything that it says holds of the token.
    package struct Admission: Hashable, Sendable {
        package var subject: String?
        package var claims: [Claim]
        package var scopes: [String]

        /// A claim that is this value, or a list that holds it.
        package struct Claim: Hashable, Sendable {
            /// A member of the token, or the way to one below it, its names joined by dots.
            package var name: String
            package var value: String

            package init(name: String, value: String) {
                self.name = name
                self.value = value
            }
        }

        package init(subject: String? = nil, claims: [Claim] = [], scopes: [String] = []) {
            self.subject = subject
            self.claims = claims
            self.scopes = scopes
        }
    }
}

package enum AdmissionKey: String, RuntimeKey {
    case subject, claims, scopes
}

package enum ClaimKey: String, RuntimeKey {
    case name, value
}

extension RuntimeConfig.Admission {
    static let codec = ValueCodec.object(
        Member(optional: AdmissionKey.subject, .text, "The subject.", { $0.subject }),
        Member(
            AdmissionKey.claims, .list(Claim.codec), otherwise: [], "Claims of the token, all of them.", { $0.claims }),
        Member(
            AdmissionKey.scopes, .list(.text(ScopeToken.self)), otherwise: [], "Scopes of the token, all of them.",
            { $0.scopes })
    ) { Self(subject: $0, claims: $1, scopes: $2) }
}

extension RuntimeConfig.Admission.Claim {
    static let codec = ValueCodec.object(
        Member(ClaimKey.name, .text, "The claim, or the way to it, joined by dots.", { $0.name }),
        Member(ClaimKey.value, .text, "What it is, or what its list holds.", { $0.value })
    ) { Self(name: $0, value: $1) }
}
