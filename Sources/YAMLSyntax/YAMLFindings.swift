import Diagnostics

/// The diagnostics of one file in the order they were found, so many of each severity and no more: a
/// file of a million look-alikes is no reason to fill the memory.
struct YAMLFindings {
    private(set) var all: [Diagnostic] = []
    private let limit: Int
    private var errors = 0
    private var warnings = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func add(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error {
            errors += 1
            guard errors <= limit else { return }
        } else {
            warnings += 1
            guard warnings <= limit else { return }
        }
        all.append(diagnostic)
    }
}
