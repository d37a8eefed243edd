extension SoftwareVersion {
    /// The version of the given numbers, for the gates and defaults that code names.
    package init(_ major: Int, _ minor: Int) {
        text = "\(major).\(minor)"
        numbers = [major, minor]
    }
}
