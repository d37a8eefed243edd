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

    package let name: String
    package let title: String
    package let variables: [Variable]
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
