/// The command `connectorgen-auth`.
package enum ConnectorgenAuth {
    /// As messages name it.
    static let name = "connectorgen-auth"
}
