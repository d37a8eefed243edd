/// The name and version that banners, reports and `--version` carry.
package enum Product {
    package static let name = "connectorgen"
    package static let version = "0.1.0"
}
