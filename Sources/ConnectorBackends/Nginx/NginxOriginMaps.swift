import ConfigLanguages
import ConnectorPlan
import ConnectorSpec

/// The origins that may call a resource whose CORS headers nginx sets: one exact map for each list of them.
struct NginxOriginMaps {
    private let numberByOrigins: [[String]: Int]
    /// Variables belong to the whole http level, where another deployment may have its own.
    private let deployment: String

    init(_ resources: [ResourcePlan], deployment: String) {
        self.deployment = String(
            decoding: deployment.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
        var numbers: [[String]: Int] = [:]
        for resource in resources where resource.corsOwner == .nginx && numbers[resource.allowedOrigins] == nil {
            numbers[resource.allowedOrigins] = numbers.count + 1
        }
        numberByOrigins = numbers
    }

    /// Empty when the request's origin is not among the resource's.
    func variable(for resource: ResourcePlan) throws(Unrepresentable) -> NginxVariable? {
        guard let number = numberByOrigins[resource.allowedOrigins] else { return nil }
        return try variable(number)
    }

    private func variable(_ number: Int) throws(Unrepresentable) -> NginxVariable {
        try NginxVariable("connectorgen_origin", suffix: "\(deployment)_\(number)")
    }

    /// `map $http_origin $connectorgen_origin_dexter_1 { default ""; https://a.example https://a.example; }`
    func print(to printer: inout NginxPrinter) throws(Unrepresentable) {
        for (origins, number) in numberByOrigins.sorted(by: { $0.value < $1.value }) {
            printer.blankLine()
            try printer.block("map", .variable(.origin), .variable(variable(number))) {
                printer throws(Unrepresentable) in
                printer.append("default", "")
                for origin in origins { try printer.append(.literal(origin), .literal(origin)) }
            }
        }
    }
}
