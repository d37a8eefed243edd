/// What the exit status of `connectorgen-auth` says.
enum ExitStatus: Int32 {
    /// It was asked to stop and did, or `--check` found nothing.
    case clean = 0
    /// There was nothing of what a command was to end.
    case nothing = 1
    /// A command line that means nothing, or a config that this server cannot start with.
    case invalid = 2
    /// A file, an address or the system failed.
    case environment = 3
}
