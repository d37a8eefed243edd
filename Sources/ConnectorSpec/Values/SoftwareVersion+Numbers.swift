extension SoftwareVersion {
    /// The version of the given numbers, for the gates and defaults that code names.
    package init(_ numbers: Int...) {
        text = numbers.map(String.init).joined(separator: ".")
        self.numbers = numbers
    }
}
