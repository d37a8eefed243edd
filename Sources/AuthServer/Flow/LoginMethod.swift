/// How people prove who they are.
enum LoginMethod: Sendable {
    /// By a name and a password of this deployment.
    case local(LocalLogin)
    /// At another identity provider, which this release cannot ask yet: every authorization ends with `server_error`.
    case upstream

    /// True while a signed-in person is one of ours.
    func knows(_ subject: String) -> Bool {
        switch self {
        case .local(let login): login.knows(subject)
        case .upstream: false
        }
    }
}
