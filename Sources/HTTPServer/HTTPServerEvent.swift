/// What happened in a server beside its handlers.
package enum HTTPServerEvent: Hashable, Sendable {
    /// The server answered a request itself.
    case refused(HTTPRefusal)
    /// A handler threw; the name of the error's type, since its text may hold what a log must not.
    case handlerFailed(String)
    /// A line of the library under the server, which may quote what a client sent.
    case library(String)
}
