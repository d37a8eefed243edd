/// A name that a client gives itself, made fit to be shown.
enum DisplayName {
    static let longest = 256

    /// Without control characters and without marks that turn or hide text; at most 256 characters.
    static func cleaned(_ text: String) -> String? {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where isShown(scalar) {
            guard scalars.count < longest else { break }
            scalars.append(scalar)
        }
        while scalars.first == " " { scalars.removeFirst() }
        while scalars.last == " " { scalars.removeLast() }
        return scalars.isEmpty ? nil : String(scalars)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
