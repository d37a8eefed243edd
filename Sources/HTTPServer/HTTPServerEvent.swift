/// What happened in a server beside its handlers.
package enum HTTPServerEvent: Hashable, Sendable {
    /// The server answered a request itself.
    case refused(HTTPRefusal)
    /// A handler threw; the name of the error's type, since its text may hold what a log must not.
    case handlerFailed(String)
    /// Somebody who may not connect did: said once of an address, and of no more than a few.
    case strangerRefused(address: String)
    /// A line of the library under the server, which may quote what a client sent.
    case library(String)
}
