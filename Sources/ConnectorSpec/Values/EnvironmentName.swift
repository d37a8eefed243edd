/// `[A-Za-z_][A-Za-z0-9_]*`, none that changes how a process behaves (`PATH`, `LD_*`, …).
package struct EnvironmentName: SpecValue {
    package static let noun = "an environment variable name"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
