/// Who proves who people are, and who issues the tokens.
package enum ServerMode: String, Hashable, Sendable, CaseIterable {
    /// `connectorgen-auth` issues tokens, and a provider with one static client signs people in.
    case upstream
    /// `connectorgen-auth` issues tokens to the users of a file.
    case local
    /// Another authorization server issues the tokens.
    case external
}
