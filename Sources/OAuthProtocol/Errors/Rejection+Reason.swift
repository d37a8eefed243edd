extension Rejection {
    /// The names of the case and of the fault in it, `grant.expired`, for logs: nothing that came with the request.
    package var reason: String {
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
