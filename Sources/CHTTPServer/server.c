#include "CHTTPServer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cg_http_daemon {
    struct MHD_Daemon *daemon;
    struct cg_http_callbacks callbacks;
};

/// What `opened` answered for this connection.
static void *state_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code) {
    struct cg_http_daemon *box = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = box->callbacks.opened(box->callbacks.context, connection);
    } else if (*socket_context) {
        box->callbacks.closed(box->callbacks.context, *socket_context);
        *socket_context = NULL;
    }
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *address, socklen_t length) {
    struct cg_http_daemon *box = cls;
    return box->callbacks.admits(box->callbacks.context, address, length) ? MHD_YES : MHD_NO;
}

/// Answers NULL: what were made here would leak when the request dies of its arguments.
static void *on_target(void *cls, const char *target, struct MHD_Connection *connection) {
    struct cg_http_daemon *box = cls;
    void *state = state_of(connection);
    if (state) {
        box->callbacks.target(box->callbacks.context, state, target);
    }
    return NULL;
}

static enum MHD_Result on_step(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                               const char *version, const char *upload_data, size_t *upload_data_size,
                               void **request_state) {
    struct cg_http_daemon *box = cls;
    void *state = state_of(connection);
    if (!state) {
        return MHD_NO;
    }
    // Both point into the request line, one space apart; as strings they would end at a NUL.
    size_t target_size = (size_t)(version - url) - 1;
    return box->callbacks.step(box->callbacks.context, state, connection, method, target_size, upload_data,
                               upload_data_size, request_state);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **request_state,
                         enum MHD_RequestTerminationCode code) {
    (void)code;
    struct cg_http_daemon *box = cls;
    void *state = state_of(connection);
    if (state) {
        box->callbacks.completed(box->callbacks.context, state, *request_state);
    }
    *request_state = NULL;
}

/// Decodes nothing: `%2F` must stay what it is until the target was checked.
static size_t keep_escapes(void *cls, struct MHD_Connection *connection, char *text) {
    (void)cls;
    (void)connection;
    return strlen(text);
}

static void on_log(void *cls, const char *format, va_list arguments) {
    struct cg_http_daemon *box = cls;
    char line[512];
    int length = vsnprintf(line, sizeof line, format, arguments);
    if (length < 0) {
        return;
    }
    line[strcspn(line, "\r\n")] = '\0';
    box->callbacks.log(box->callbacks.context, line);
}

struct cg_http_daemon *cg_http_start(const struct cg_http_options *options,
                                     const struct cg_http_callbacks *callbacks) {
    struct cg_http_daemon *box = malloc(sizeof *box);
    if (!box) {
        return NULL;
    }
    box->callbacks = *callbacks;
    // poll and not epoll: epoll misses an end of stream that comes with data, and hangs on too many arguments.
    // The logger comes first, so that it hears of faults in the options behind it.
    box->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, on_accept, box, on_step, box,
        MHD_OPTION_EXTERNAL_LOGGER, on_log, box,
        MHD_OPTION_LISTEN_SOCKET, (MHD_socket)options->listen_socket,
        MHD_OPTION_CONNECTION_LIMIT, options->connection_limit,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_timeout,
        // What is not as it should be is refused in Swift. The library would write the head of its own answer to a
        // request without Host twice, since it goes on with the request after it.
        MHD_OPTION_STRICT_FOR_CLIENT, 0,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, box,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, box,
        MHD_OPTION_URI_LOG_CALLBACK, on_target, box,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_END);
    if (!box->daemon) {
        free(box);
        return NULL;
    }
    return box;
}

void cg_http_quiesce(struct cg_http_daemon *daemon) {
    MHD_quiesce_daemon(daemon->daemon);
}

void cg_http_stop(struct cg_http_daemon *daemon) {
    MHD_stop_daemon(daemon->daemon);
    free(daemon);
}

int cg_http_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

size_t cg_http_head_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SANITIZES_THREADS 1
void __tsan_acquire(void *);
void __tsan_release(void *);
#endif
#endif

void cg_lock_acquired(void *lock) {
#ifdef SANITIZES_THREADS
    __tsan_acquire(lock);
#else
    (void)lock;
#endif
}

void cg_lock_releasing(void *lock) {
#ifdef SANITIZES_THREADS
    __tsan_release(lock);
#else
    (void)lock;
#endif
}
