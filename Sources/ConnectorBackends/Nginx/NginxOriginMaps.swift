import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// The origins that may read answers of nginx: one exact map for each list of them.
struct NginxOriginMaps {
    private let numberByOrigins: [[String]: Int]
    /// The list of the endpoints: whoever may call one of the resources. Nil without any.
    let endpointList: Int?
    /// Variables belong to the whole http level, where another deployment may have its own.
    private let deployment: String

    init(_ resources: [ResourcePlan], deployment: String) {
        self.deployment = deployment
        var numbers: [[String]: Int] = [:]
        for resource in resources where Self.needsList(resource) && numbers[resource.allowedOrigins] == nil {
            numbers[resource.allowedOrigins] = numbers.count + 1
        }
        var known: Set<String> = []
        let all = resources.flatMap(\.allowedOrigins).filter { known.insert($0).inserted }
        if all.isEmpty {
            endpointList = nil
        } else {
            endpointList = numbers[all] ?? numbers.count + 1
            numbers[all] = endpointList
        }
        numberByOrigins = numbers
    }

    private static func needsList(_ resource: ResourcePlan) -> Bool {
        switch resource.corsOwner {
        case .edge: true
        case .application: !resource.allowedOrigins.isEmpty
        case .off: false
        }
    }

    /// The number of the resource's list; nil where no page may read anything.
    func list(of resource: ResourcePlan) -> Int? {
        Self.needsList(resource) ? numberByOrigins[resource.allowedOrigins] : nil
    }

    /// Empty when the request's origin is not in the list.
    func variable(_ number: Int) throws(Unrepresentable) -> NginxVariable {
        try NginxVariable("connectorgen_origin", of: deployment, number)
    }

    /// `map $http_origin $connectorgen_origin_dexter_1 { default ""; https://a.example https://a.example; }`
    /// The tag of the list with number 1 is `firstTag`; the others follow.
    func print(firstTag: Int, to printer: inout NginxPrinter) throws(Unrepresentable) {
        for (origins, number) in numberByOrigins.sorted(by: { $0.value < $1.value }) {
            printer.blankLine()
            try printer.block("map", .variable(.origin), .variable(variable(number)), tag: firstTag + number - 1) {
                printer throws(Unrepresentable) in
                printer.append("default", "")
                var known: Set<String> = []
                for origin in origins where known.insert(origin).inserted {
                    try printer.append(.literal(origin), .literal(origin))
                }
            }
        }
    }

    /// Where the lists are written, in the order of their numbers.
    func places(_ plan: DeploymentPlan) -> [[Span]] {
        let sections = ConnectorSections(plan)
        var resources: [Int: [Int]] = [:]
        for (index, resource) in plan.resources.enumerated() {
            if let number = list(of: resource) { resources[number, default: []].append(index) }
        }
        let written: (ConnectorSection) -> [Span] = { $0.allowedOrigins.map(\.span) }
        return numberByOrigins.values.sorted().map { number in
            number == endpointList ? sections.spans(written) : sections.spans(of: resources[number] ?? [], written)
        }
    }

    /// What the http level can say once, whatever else stands there; nil where it need not be said.
    func hashSize(_ plan: DeploymentPlan) -> NginxSnippet? {
        bucketSize.map { bucket in
            NginxSnippet(
                "map-hash", "Included once at the http level, before the first map, for all that this nginx serves.",
                [
                    .init(
                        "an allowed origin is longer than a map takes by default",
                        from: ConnectorSections(plan).spans { $0.allowedOrigins.map(\.span) },
                        [NginxDirective("map_hash_bucket_size", [.number(bucket)])])
                ])
        }
    }

    /// The size of a map's buckets that the longest origin needs; nil where nginx's own is enough. One that is set is
    /// large enough for what else a site may have.
    var bucketSize: Int? {
        let longest = numberByOrigins.keys.joined().map(\.utf8.count).max() ?? 0
        let bucket = NginxHashes.bucket(for: longest)
        return bucket == NginxHashes.defaultBucket ? nil : max(bucket, 256)
    }
}
