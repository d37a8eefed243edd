/// How people prove who they are.
enum LoginMethod: Sendable {
    /// By a name and a password of this deployment.
    case local(LocalLogin)
    /// At another identity provider, which this release cannot ask yet: every authorization ends with `server_error`.
    case upstream

    /// True while whoever signed in is one of ours, with the password of then.
    func recognizes(_ session: Session) -> Bool {
        switch self {
        case .local(let login): login.users.recognizes(session)
        case .upstream: false
        }
    }
}
