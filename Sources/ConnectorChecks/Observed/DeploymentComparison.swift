import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import ObservedFiles

/// Deployed files beside what the spec gives: each process with the service that it is.
struct DeploymentComparison: Sendable {
    /// An env file as it is read, and whether it is known who reads it.
    struct Reading: Sendable {
        let file: DeployedFile
        let reading: EnvReading
        let loader: String
        let isCertain: Bool
    }

    let deployment: ObservedDeployment
    private(set) var services: [ObservedService] = []
    /// Every process, those too that are no service of the spec.
    private(set) var environments: [ObservedEnvironment] = []
    private(set) var readings: [Reading] = []

    init(
        _ deployment: ObservedDeployment, _ plan: DeploymentPlan?, _ presets: PresetCatalogue, in sources: SourceMap
    ) {
        self.deployment = deployment
        guard !deployment.files.isEmpty else { return }
        readings = deployment.readings.map {
            Reading(file: $0.file, reading: $0.reading, loader: $0.loader, isCertain: true)
        }
        let expected = plan.map { ServiceExpectation.all(of: $0, presets) } ?? []
        var loose = looseLayers(expected)
        var open: [(environment: ObservedEnvironment, index: Int?)] = deployment.environments.map { environment in
            let values = environment.layers.flatMap(\.assignments).map { ($0.name, $0.value.text) }
            return (environment, expected.best(environment.name, Dictionary(values) { _, last in last }))
        }
        // Of an image, of PM2 and of the process itself: one environment where they are one service.
        for index in expected.indices {
            let parts = open.filter { $0.index == index && [.pm2, .image].contains($0.environment.origin) }
                .map(\.environment)
            guard let main = parts.first(where: { $0.origin == .pm2 && $0.running == nil }) ?? parts.first else {
                continue
            }
            guard parts.count > 1 || loose[index] != nil else { continue }
            open.removeAll { $0.index == index && [.pm2, .image].contains($0.environment.origin) }
            var layers = parts.filter { $0.origin == .image }.flatMap(\.layers)
            layers += loose.removeValue(forKey: index) ?? []
            layers += parts.filter { $0.origin == .pm2 }.flatMap(\.layers)
            open.append((main.with(layers: layers), index))
        }
        for (index, layers) in loose.sorted(by: { $0.key < $1.key }) {
            open.append((ObservedEnvironment(envFiles: layers), index < 0 ? nil : index))
        }
        environments = open.map(\.environment)
        services = open.compactMap { part in part.index.map { ObservedService(expected[$0], part.environment) } }
    }

    /// The env files that no other file loads, by the service they are for (-1 for none), the weakest first.
    private mutating func looseLayers(_ expected: [ServiceExpectation]) -> [Int: [ObservedLayer]] {
        var layers: [Int: [ObservedLayer]] = [:]
        for file in deployment.looseFiles {
            guard case .env(let named) = file.kind else { continue }
            let first = file.reading(named ?? .node)
            let name = FilePathText.name(of: file.path)
            let index = expected.best(name, first.values.mapValues { $0 })
            let known = named ?? index.flatMap { expected[$0].dialect }
            let reading = known.map { $0 == first.dialect ? first : file.reading($0) } ?? first
            readings.append(
                Reading(file: file, reading: reading, loader: file.path, isCertain: known != nil))
            let layer = file.layer(reading, title: file.path)
            // Where the first file that has a variable wins, the later ones are the weaker.
            let isFirstWins = [.dotenv, .pythonDotenv].contains(reading.dialect)
            layers[index ?? -1, default: []].insert(layer, at: isFirstWins ? 0 : layers[index ?? -1]?.count ?? 0)
        }
        return layers
    }

    /// Places whose text no report quotes.
    var secretSpans: [Span] {
        let names = Set(services.flatMap { $0.expectation.files.flatMap(\.secretVariables).map(\.name) })
        func isSecret(_ name: String) -> Bool { names.contains(name) || SecretText.isSecretName(name) }
        let assigned = (deployment.environments + environments).flatMap(\.layers).flatMap { layer in
            layer.assignments.filter { layer.kind == .secret || isSecret($0.name) }.map(\.valueSpan)
        }
        let read =
            (deployment.files.filter { $0.kind == .envExample }.map { $0.reading(.dotenv) } + readings.map(\.reading))
            .flatMap(\.entries).filter { isSecret($0.name) }.map(\.valueSpan)
        return Array(Set(assigned + read + deployment.secretSpans))
    }
}
