#pragma once

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

// What Swift cannot say to libmicrohttpd itself: its start function is variadic, and so is its logger.
// Every pointer is borrowed for the call unless said otherwise.

#pragma clang assume_nonnull begin

typedef struct MHD_Connection cg_connection;

/// The limits of a daemon.
struct cg_http_options {
    /// A listening socket; stays the caller's.
    int listen_socket;
    /// Connections at once; further clients wait in the backlog.
    unsigned int connection_limit;
    /// Bytes for the head, the buffers and the response headers of one connection.
    size_t connection_memory;
    /// Seconds without a byte after which a connection is closed.
    unsigned int idle_timeout;
};

/// What the daemon calls, always on its one I/O thread and always with `context`.
struct cg_http_callbacks {
    void *context;
    /// Whether whoever connects may; a connection that may not is closed before anything of it is read.
    bool (*_Nonnull admits)(void *context, const struct sockaddr *address, socklen_t length);
    /// A connection begins; the answer is kept for it and handed to all other calls.
    void *_Nonnull (*_Nonnull opened)(void *context, cg_connection *connection);
    /// The connection is about to be closed; its socket is still open.
    void (*_Nonnull closed)(void *context, void *connection_state);
    /// The target of a request line as it was sent, before its headers are known.
    void (*_Nonnull target)(void *context, void *connection_state, const char *target);
    /// A step of a request, as MHD_AccessHandlerCallback describes it. `method` is where the head begins in the
    /// connection's memory, `target_size` what the request line gives to the target, NUL bytes included.
    enum MHD_Result (*_Nonnull step)(void *context, void *connection_state, cg_connection *connection,
                                     const char *method, size_t target_size, const char *_Nullable body,
                                     size_t *body_size, void *_Nullable *_Nonnull request_state);
    /// The request is over, whatever became of it. `request_state` is what `step` left there.
    void (*_Nonnull completed)(void *context, void *connection_state, void *_Nullable request_state);
    /// A line of the library's own log, without line end.
    void (*_Nonnull log)(void *context, const char *line);
};

/// Starts a daemon with one I/O thread; NULL when the library refuses. `callbacks` is copied and its context must
/// outlive the daemon. Release the returned box with cg_http_stop.
struct cg_http_daemon;
struct cg_http_daemon *_Nullable cg_http_start(const struct cg_http_options *options,
                                               const struct cg_http_callbacks *callbacks);

/// Accepts no more connections.
void cg_http_quiesce(struct cg_http_daemon *daemon);

/// Ends all connections and the thread, and frees the box. No connection may be suspended.
void cg_http_stop(struct cg_http_daemon *daemon);

/// The socket of a connection.
int cg_http_socket(cg_connection *connection);

/// Bytes from the method to the end of the empty line behind the headers; 0 before that line has come.
size_t cg_http_head_size(cg_connection *connection);

/// Tell the thread sanitizer of a lock that it cannot see; nothing in other builds.
void cg_lock_acquired(void *lock);
void cg_lock_releasing(void *lock);

#pragma clang assume_nonnull end
