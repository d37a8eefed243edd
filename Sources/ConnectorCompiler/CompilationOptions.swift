package import ConnectorBackends
package import OAuthModel
package import Templates

/// How a spec is compiled.
package struct CompilationOptions: Sendable {
    /// The entry of `environments:` to lay over the spec.
    package var environment: String?
    /// Names of backends; nil for all. What the others made before is kept in the lock and the map.
    package var only: [String]?
    /// Values for secret references (`build --secrets`).
    package var secrets: [String: String] = [:]
    /// The day of the compilation, for findings about dates alone; nil for none. No artifact depends on it.
    package var today: CalendarDate?
    package var templates: TemplateCatalogue = .builtin
    /// The lock and the map of the output directory, needed with `only`.
    package var previousLock: LockFile?
    package var previousMap: ProvenanceMap?

    package init() {}

    func renders(_ backend: String) -> Bool { only?.contains(backend) ?? true }
}
