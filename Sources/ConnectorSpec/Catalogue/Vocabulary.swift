/// The variables of one kind of service, each bound to a key of the plan, to a fixed text, or left to
/// the operator.
///
/// The plan keys are those of `DeploymentPlan.planKeys`; a key with several values brings its own
/// separator. What they mean in each service is written beside them in `Catalogue/vocabularies.json`.
package struct Vocabulary: Sendable {
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
