/// What a change of the spec does to one output.
package struct ArtifactChange: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case added(lines: Int)
        /// Nil where the old text is not known.
        case changed(LineChange?)
        case mode(from: UInt16, to: UInt16)
        case removed(lines: Int?)
    }

    package let path: String
    package let kind: Kind
    /// True for a file that somebody changed since it was built.
    package let isEdited: Bool
}

extension ArtifactChange {
    /// The outputs that differ, by path, and how many differ in what they say of the spec alone.
    static func changes(
        from old: KnownOutputs, to new: KnownOutputs
    ) -> (changes: [ArtifactChange], restamped: Int) {
        var changes: [ArtifactChange] = []
        var restamped = 0
        for path in Set(old.outputs.keys).union(new.outputs.keys).sorted() {
            let (before, after) = (old.outputs[path], new.outputs[path])
            let kind: Kind?
            switch (before, after) {
            case (nil, let after?): kind = .added(lines: lines(after.bytes ?? []))
            case (let before?, nil): kind = .removed(lines: before.bytes.map(lines))
            case (let before?, let after?):
                kind = difference(from: before, old.stamp, to: after, new.stamp)
                if kind == nil, before.sha256 != after.sha256 { restamped += 1 }
            case (nil, nil): kind = nil
            }
            if let kind {
                changes.append(ArtifactChange(path: path, kind: kind, isEdited: before?.isEdited ?? false))
            }
        }
        return (changes, restamped)
    }

    private static func difference(
        from old: KnownOutputs.Output, _ oldStamp: GenerationStamp, to new: KnownOutputs.Output,
        _ newStamp: GenerationStamp
    ) -> Kind? {
        if old.sha256 != new.sha256 {
            guard let before = old.bytes, let after = new.bytes else { return .changed(nil) }
            let (bare, next) = (oldStamp.removed(from: before), newStamp.removed(from: after))
            if bare != next { return .changed(LineChange(from: bare, to: next)) }
        }
        return old.mode == new.mode ? nil : .mode(from: old.mode, to: new.mode)
    }

    private static func lines(_ bytes: [UInt8]) -> Int { bytes.count { $0 == UInt8(ascii: "\n") } }
}

extension ArtifactChange {
    /// One sign as in a diff.
    var sign: String {
        switch kind {
        case .added: "+"
        case .removed: "-"
        case .changed, .mode: "~"
        }
    }

    /// For programs.
    var word: String {
        switch kind {
        case .added: "added"
        case .removed: "removed"
        case .changed: "changed"
        case .mode: "mode"
        }
    }

    /// `+3 -1`
    var amount: String {
        let counts =
            switch kind {
            case .added(let lines): "+\(lines)"
            case .removed(let lines): lines.map { "-\($0)" } ?? ""
            case .changed(let lines): lines.map { "+\($0.added) -\($0.removed)" } ?? ""
            case .mode(let old, let new): "mode 0\(String(old, radix: 8)) becomes 0\(String(new, radix: 8))"
            }
        let parts = [counts, isEdited ? "edited by hand since it was built" : ""].filter { !$0.isEmpty }
        return parts.joined(separator: ", ")
    }
}
