import Glibc

/// What the server asks of the machine before it starts, as functions, so that a test can be the machine.
struct Surroundings: Sendable {
    /// The value of an environment variable; nil when it is not set.
    var variable: @Sendable (String) -> String?
    /// The permission bits and the size of a file that can be read.
    var file: @Sendable (String) -> Result<SystemFile.Facts, SystemFile.Failure>

    /// The bytes of such a file; nil when it cannot be read.
    var contents: @Sendable (String) -> [UInt8]? = { _ in nil }

    /// The name of a variable by which programs are told to go through a proxy; nil when none is set.
    var proxyVariable: String? {
        ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].first { variable($0)?.isEmpty == false }
    }

    static let process = Surroundings(
        variable: { name in getenv(name).map { String(cString: $0) } },
        file: { path in
            do throws(SystemFile.Failure) {
                return .success(try SystemFile.read(path, limit: 1 << 20).facts)
            } catch {
                return .failure(error)
            }
        },
        contents: { path in try? SystemFile.read(path, limit: 1 << 20).bytes })
}
