import WebSyntax

/// The parameters of a query or a form in the order they came, each name and value decoded once.
package struct ParameterList: Hashable, Sendable {
    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The most parameters that one request may have.
    package static let longest = 64

    package let parameters: [Parameter]

    package init(_ parameters: [Parameter]) {
        self.parameters = parameters
    }

    package init(_ pairs: [(String, String)]) {
        parameters = pairs.map { Parameter($0.0, $0.1) }
    }

    /// The value; nil when the parameter is absent or empty, which means the same (RFC 6749 §3.1).
    ///
    /// - Throws: ``Rejection/repeatedParameter(_:)`` and ``Rejection/oversizedParameter(_:limit:)``.
    package func value(_ name: ParameterName) throws(Rejection) -> String? {
        var found: String?
        for parameter in parameters where parameter.name.hasSameBytes(as: name.rawValue) {
            guard found == nil else { throw .repeatedParameter(name.rawValue) }
            guard parameter.value.utf8.count <= name.limit else {
                throw .oversizedParameter(name.rawValue, limit: name.limit)
            }
            found = parameter.value
        }
        return found.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The value of a parameter that must be there.
    package func required(_ name: ParameterName) throws(Rejection) -> String {
        guard let value = try value(name) else { throw .missingParameter(name) }
        return value
    }

    /// All values that are not empty, for `resource` alone may be repeated (RFC 8707 §2).
    package func values(_ name: ParameterName) -> [String] {
        parameters.filter { $0.name.hasSameBytes(as: name.rawValue) && !$0.value.isEmpty }.map(\.value)
    }

    package func contains(_ name: ParameterName) -> Bool {
        parameters.contains { $0.name.hasSameBytes(as: name.rawValue) }
    }

    /// Refuses a list in which any parameter but `resource`, known or unknown, is repeated (RFC 6749 §3.1, §3.2).
    package func checkRepetition() throws(Rejection) {
        guard parameters.count <= Self.longest else { throw .tooManyParameters(limit: Self.longest) }
        var names: Set<[UInt8]> = []
        for parameter in parameters where !parameter.name.hasSameBytes(as: ParameterName.resource.rawValue) {
            guard names.insert(Array(parameter.name.utf8)).inserted else { throw .repeatedParameter(parameter.name) }
        }
    }

    /// Refuses a query that holds a parameter which belongs into the form.
    package func checkHoldsNoFormParameter() throws(Rejection) {
        for name in ParameterName.allCases where contains(name) { throw .parameterInQuery(name.rawValue) }
    }
}
