package import WebSyntax

/// The value of a text that is right, for samples; a test that gives another text traps.
package func right<Value: TextValue>(_ text: String) -> Value {
    do throws(InvalidValue) {
        return try Value(parsing: text)
    } catch {
        preconditionFailure("\(text) \(error.problem)")
    }
}
