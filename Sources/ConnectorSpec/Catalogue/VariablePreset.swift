import JSONSyntax

/// The variables of one kind of service, each bound to a key of the plan, to a fixed text, or left to
/// the operator.
///
/// The plan keys are those of `DeploymentPlan.planKeys`; a key with several values brings its own
/// separator. What they mean in each service is written beside them in `Catalogue/presets.json`.
package struct VariablePreset: Sendable {
    package struct Variable: Hashable, Sendable {
        package enum Binding: Hashable, Sendable {
            /// A key of the plan, `issuer.url`.
            case plan(String)
            /// A fixed text.
            case literal(String)
            /// A secret that is never written; the operator provides the variable of the same name.
            case secret
        }

        package let name: String
        package let binding: Binding
        /// True when the variable is left out where the plan has no such value.
        package let isOptional: Bool
        package let meaning: String
    }

    /// A name that the service had before, or that another service has for the same.
    package struct RetiredName: Hashable, Sendable {
        package let name: String
        /// The variable that stands for it now.
        package let successor: String
        /// True where some builds take it in place of its successor.
        package let wins: Bool
        package let meaning: String
    }

    /// Variables whose mere presence selects a branch of the service.
    package struct Mode: Hashable, Sendable {
        /// What they select, as a message calls it.
        package let selects: String
        package let members: [String]
    }

    package let name: String
    package let title: String
    package let variables: [Variable]
    /// Beginnings of names that belong to the service alone.
    package let family: [String]
    /// Names that the service reads too, and that no value of the plan fills.
    package let knownNames: [String]
    package let retiredNames: [RetiredName]
    package let modes: [Mode]
    package let asOf: String
    package let source: String
}

extension VariablePreset {
    init(row: CatalogueRow) throws(CatalogueError) {
        name = try row.text("name")
        title = try row.text("title")
        var variables: [Variable] = []
        for variable in try row.rows("variables") { variables.append(try Variable(row: variable)) }
        self.variables = variables
        family = row.json["family"] == nil ? [] : try row.texts("family")
        knownNames = row.json["known"] == nil ? [] : try row.texts("known")
        var retiredNames: [RetiredName] = []
        for retired in row.json["retired"] == nil ? [] : try row.rows("retired") {
            retiredNames.append(
                RetiredName(
                    name: try retired.text("name"), successor: try retired.text("of"),
                    wins: retired.json["wins"]?.bool ?? false, meaning: try retired.text("meaning")))
        }
        self.retiredNames = retiredNames
        var modes: [Mode] = []
        for mode in row.json["modes"] == nil ? [] : try row.rows("modes") {
            modes.append(Mode(selects: try mode.text("selects"), members: try mode.texts("members")))
        }
        self.modes = modes
        asOf = try row.text("as_of")
        source = try row.text("source")
    }
}

extension VariablePreset.Variable {
    init(row: CatalogueRow) throws(CatalogueError) {
        name = try row.text("name")
        meaning = try row.text("meaning")
        isOptional = row.json["optional"]?.bool ?? false
        switch (row.json["from"]?.string, row.json["text"]?.string, row.json["secret"]?.bool) {
        case (let key?, nil, nil): binding = .plan(key)
        case (nil, let text?, nil): binding = .literal(text)
        case (nil, nil, true): binding = .secret
        default: throw CatalogueError("`\(row.place)` needs exactly one of `from`, `text` and `secret`")
        }
    }
}
