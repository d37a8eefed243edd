import HTTPServer
import OAuthStores

/// How the store of a running server is. The first failure is told, and the recovery; what comes between is not.
///
/// Damage stays until the server is started anew: that other parts of a file can be read does not fix it.
final class StoreCondition: Sendable {
    private struct State {
        var trouble: StoreFailure?
        var tell: (@Sendable (String) -> Void)?
    }

    /// For messages.
    private let path: String
    private let state = Locked(State())

    init(path: String) {
        self.path = path
    }

    /// From now on changes are told. What fails before ends the start, which says so itself.
    func begin(tell: @escaping @Sendable (String) -> Void) {
        state.withLock { $0.tell = tell }
    }

    /// Nil while all is well, as far as is known.
    var trouble: StoreFailure? { state.withLock { $0.trouble } }

    func observe(_ event: StoreEvent) {
        let told = state.withLock { state -> (tell: @Sendable (String) -> Void, text: String)? in
            guard let tell = state.tell, let text = Self.change(&state.trouble, event, path) else { return nil }
            return (tell, text)
        }
        if let told { told.tell(told.text) }
    }

    /// What is to be told.
    private static func change(_ trouble: inout StoreFailure?, _ event: StoreEvent, _ path: String) -> String? {
        switch event {
        case .failed(let failure):
            guard trouble == nil || (failure.isDamage && trouble?.isDamage == false) else { return nil }
            trouble = failure
            return failure.isDamage
                ? "\(path): \(failure): requests that need what is damaged get 503; stop the server and restore the back-up"
                : "\(path): \(failure): requests that need it get 503 until it works again"
        case .probed:
            guard let before = trouble, !before.isDamage else { return nil }
            trouble = nil
            return "\(path): the store works again"
        }
    }
}

extension StoreFailure {
    fileprivate var isDamage: Bool {
        switch self {
        case .damaged: true
        case .unavailable, .newerSchema: false
        }
    }
}
