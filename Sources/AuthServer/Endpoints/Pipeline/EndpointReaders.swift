/// Who reads the answers of an endpoint, which decides how a refusal is told and which pages may read it (Fetch §3.2).
enum EndpointReaders: Hashable, Sendable {
    /// A person in a browser: a refusal is a page, and no script of another origin reads anything.
    case people
    /// Programs, among them scripts of the origins that connectors allow.
    case programs
    /// Programs that are in no browser.
    case servers
    /// Everybody, scripts of every origin included: a public document.
    case everybody
}
