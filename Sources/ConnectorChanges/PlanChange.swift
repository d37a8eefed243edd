import ConnectorBackends
package import ConnectorPlan
import Diagnostics

/// Two plans of one deployment: as it is, and as it is to be.
package struct PlanChange: Sendable {
    package let old: DeploymentPlan
    package let new: DeploymentPlan

    package init(from old: DeploymentPlan, to new: DeploymentPlan) {
        self.old = old
        self.new = new
    }

    /// Everything that follows, the worst first.
    package var consequences: [Consequence] {
        let found = ChangeRuleRegistry.all.flatMap { $0.consequences(of: self) }
        return Consequence.Weight.allCases.flatMap { weight in found.filter { $0.weight == weight } }
    }
}

/// One fact of a deployment: whether two plans differ in it, and what follows.
protocol ChangeRule: Sendable {
    func consequences(of change: PlanChange) -> [Consequence]
}

extension PlanChange {
    /// A value with both sides and their places, where it differs.
    struct Difference<Value> {
        let old: Value
        let new: Value
        let origins: [Span]
    }

    /// A value that both plans have, where it differs.
    func difference<Value: Equatable>(_ value: (DeploymentPlan) -> Derived<Value>) -> Difference<Value>? {
        let (before, after) = (value(old), value(new))
        guard before.value != after.value else { return nil }
        return Difference(
            old: before.value, new: after.value, origins: Array(after.origins.prefix(1) + before.origins.prefix(1)))
    }

    /// The connectors that both plans have, by name: the resource at their own URL.
    var commonConnectors: [(old: ResourcePlan, new: ResourcePlan)] {
        new.resources.filter { !$0.isAlias }.compactMap { resource in
            old.resources.first { !$0.isAlias && $0.connector == resource.connector }.map { ($0, resource) }
        }
    }

    /// The metadata documents of both, which CDNs and clients keep.
    var documentURLs: [String] {
        Array(Set(Self.documentURLs(of: old) + Self.documentURLs(of: new))).sorted()
    }

    private static func documentURLs(of plan: DeploymentPlan) -> [String] {
        plan.resources.map(\.metadataURL) + plan.issuer.discoveryURLs.prefix(1)
    }
}

/// What one list has and the other has not.
struct ListDifference<Element: Hashable> {
    let added: [Element]
    let removed: [Element]

    init(from old: [Element], to new: [Element]) {
        let (before, after) = (Set(old), Set(new))
        added = new.filter { !before.contains($0) }
        removed = old.filter { !after.contains($0) }
    }

    var isEmpty: Bool { added.isEmpty && removed.isEmpty }
}

/// A value as code, for sentences.
func code(_ text: String) -> String { MarkdownPage.code(text) }

/// Several values as code; `nothing` for none.
func codes(_ texts: [String]) -> String {
    texts.isEmpty ? "nothing" : texts.map(code).joined(separator: ", ")
}

extension ListDifference where Element == String {
    /// `` `a` comes, `b` goes ``
    var text: String {
        [
            added.isEmpty ? nil : "\(codes(added)) \(added.count == 1 ? "comes" : "come")",
            removed.isEmpty ? nil : "\(codes(removed)) \(removed.count == 1 ? "goes" : "go")",
        ].compactMap(\.self).joined(separator: ", ")
    }
}
