import OAuthModel
import WebSyntax

package enum SecretKey: String, RuntimeKey {
    case env, file
}

extension ValueCodec<SecretReference> {
    static let secret = choice(
        [.environment, .file],
        help: "write {\"env\": NAME} or {\"file\": PATH}; a secret itself never stands in this file")
}

extension ValueCodec<SecretReference>.Case {
    static let environment = Self(
        SecretKey.env, .value, "The environment variable that holds it.", make: { .environment($0) },
        payload: { if case .environment(let name) = $0 { name } else { nil } })
    static let file = Self(
        SecretKey.file, .text(FilePath.self), "The file that holds it.", make: { .file($0) },
        payload: { if case .file(let path) = $0 { path } else { nil } })
}
