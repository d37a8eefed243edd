extension Rejection {
    /// The names of the case and of the fault in it, `grant.expired`, for logs: nothing that came with the request but
    /// the host, or the application, that is refused: `registrationRedirect.foreignHost evil.example`.
    package var reason: String { refusedHost.map { "\(names) \(RefusedHost.text($0))" } ?? names }

    private var refusedHost: String? {
        switch self {
        case .excludedClient(let host), .client(.excluded(let host), _): host
        case .redirect(let fault), .registrationRedirect(let fault), .registration(.redirect(let fault)),
            .clientDocument(.redirect(let fault)):
            fault.host
        case .registration(.foreignURI(_, let host)), .clientDocument(.foreignURI(_, let host)): host
        default: nil
        }
    }

    private var names: String {
        guard let (name, fault) = Self.parts(of: self) else { return "\(self)" }
        guard let fault, Mirror(reflecting: fault).displayStyle == .enum else { return name }
        return "\(name).\(Self.parts(of: fault)?.name ?? "\(fault)")"
    }

    /// The name of an enumeration's case and the first of its values; nil for a case that has none.
    private static func parts(of value: Any) -> (name: String, first: Any?)? {
        guard let child = Mirror(reflecting: value).children.first, let name = child.label else { return nil }
        let values = Mirror(reflecting: child.value)
        return (name, values.displayStyle == .tuple ? values.children.first?.value : child.value)
    }
}
