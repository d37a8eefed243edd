package import Diagnostics

/// A variable that a file of another program than an env loader sets, `Environment=` of a unit or `ENV` of an image.
package struct PlacedAssignment: Hashable, Sendable {
    package let name: String
    /// Nil where it depends on what only that program knows: a specifier of the manager, an argument of the build.
    package let value: String?
    package let nameSpan: Span
    package let valueSpan: Span
}
