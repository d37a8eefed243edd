/// The name and version that banners, reports and `--version` carry.
package enum Product {
    package static let name = "connectorgen"
    package static let version = "0.1.0"
    /// The date that manual pages carry; raised together with the version, so that builds stay reproducible.
    package static let releaseDate = "2026-11-21"
}
