/// The command `connectorgen-auth`.
package enum ConnectorgenAuth {
    package static func main() {}
}
