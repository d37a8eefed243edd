/// What a predefined client may do.
package enum ClientStatus: String, Hashable, Sendable, CaseIterable {
    case active
    /// Still accepted, no longer advertised.
    case legacy
    /// Known and refused; listed so that drift reports can explain it.
    case ignored
}
