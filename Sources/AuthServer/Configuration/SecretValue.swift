import Cryptography
import OAuthModel
import RuntimeConfig

extension SecretReference {
    /// The secret itself, without the line end that editors put behind it. That it is there and kept was checked when
    /// the config was loaded.
    func value(_ surroundings: Surroundings) throws(StartFailure) -> Secret {
        switch self {
        case .environment(let name):
            guard let text = surroundings.variable(name.text) else {
                throw .environment("the environment variable \(name.text) is not set")
            }
            return Secret(text)
        case .file(let path):
            do throws(SystemFile.Failure) {
                var bytes = try SystemFile.read(path, limit: 1 << 20).bytes
                while bytes.last == 0x0A || bytes.last == 0x0D { bytes.removeLast() }
                return Secret(bytes)
            } catch {
                throw .environment("cannot read \(path): \(error.reason)")
            }
        }
    }
}
