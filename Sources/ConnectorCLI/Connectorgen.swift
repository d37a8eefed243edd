/// The command `connectorgen`.
package enum Connectorgen {
    package static func main() {}
}
