#include "CHTTPClient.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct cg_fetch {
    CURL *handle;
    struct cg_fetch_callbacks callbacks;
    struct curl_slist *fields;
    struct curl_slist *addresses;
};

// libcurl judges by these before it opens a socket, and before it sends a request over one.

static curl_socket_t open_socket(void *client, curlsocktype purpose, struct curl_sockaddr *address) {
    const struct cg_fetch *fetch = client;
    // Declared as long as the shortest kind of address, it is as long as its family asks for.
    const void *peer = &address->addr;
    const void *bytes = peer;
    size_t count = 0;
    if (address->family == AF_INET) {
        bytes = &((const struct sockaddr_in *)peer)->sin_addr;
        count = sizeof(struct in_addr);
    } else if (address->family == AF_INET6) {
        bytes = &((const struct sockaddr_in6 *)peer)->sin6_addr;
        count = sizeof(struct in6_addr);
    }
    if (purpose != CURLSOCKTYPE_IPCXN || !fetch->callbacks.admits(fetch->callbacks.context, bytes, count)) {
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static int before_request(void *client, char *remote, char *local, int remote_port, int local_port) {
    (void)local;
    (void)remote_port;
    (void)local_port;
    const struct cg_fetch *fetch = client;
    uint8_t bytes[sizeof(struct in6_addr)] = {0};
    size_t count = 0;
    if (inet_pton(AF_INET, remote, bytes) == 1) {
        count = sizeof(struct in_addr);
    } else if (inet_pton(AF_INET6, remote, bytes) == 1) {
        count = sizeof(struct in6_addr);
    }
    bool admitted = fetch->callbacks.admits(fetch->callbacks.context, bytes, count);
    return admitted ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

// Any other count than the one that came ends the transfer.

static size_t on_head(char *bytes, size_t size, size_t count, void *client) {
    const struct cg_fetch *fetch = client;
    bool goes_on = fetch->callbacks.head(fetch->callbacks.context, (const uint8_t *)bytes, size * count);
    return goes_on ? size * count : 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *client) {
    const struct cg_fetch *fetch = client;
    bool goes_on = fetch->callbacks.body(fetch->callbacks.context, (const uint8_t *)bytes, size * count);
    return goes_on ? size * count : 0;
}

static bool prepare(struct cg_fetch *fetch, const struct cg_fetch_options *options) {
    CURL *handle = fetch->handle;
    bool ok = true;
#define SET(option, value) ok = ok && curl_easy_setopt(handle, option, value) == CURLE_OK
    // What is asked for.
    SET(CURLOPT_URL, options->url);
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_HTTPGET, 1L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_USERAGENT, options->user_agent);

    // Where it may go.
    SET(CURLOPT_PROTOCOLS_STR, options->is_plain ? "http" : "https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    // An empty proxy is none; without one, the environment's is obeyed.
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOPROXY, "*");
    SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
    SET(CURLOPT_OPENSOCKETDATA, fetch);
    SET(CURLOPT_PREREQFUNCTION, before_request);
    SET(CURLOPT_PREREQDATA, fetch);

    // Whom it trusts.
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    if (options->authorities) {
        SET(CURLOPT_CAINFO, options->authorities);
        SET(CURLOPT_CAPATH, NULL);
    }

    // How far it goes.
    SET(CURLOPT_CONNECTTIMEOUT_MS, options->connect_milliseconds);
    SET(CURLOPT_MAXFILESIZE_LARGE, options->longest_body);
    SET(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    // A fetch that ends does not wait for a resolver that hangs.
    SET(CURLOPT_QUICK_EXIT, 1L);
    SET(CURLOPT_HEADERFUNCTION, on_head);
    SET(CURLOPT_HEADERDATA, fetch);
    SET(CURLOPT_WRITEFUNCTION, on_body);
    SET(CURLOPT_WRITEDATA, fetch);
#undef SET
    return ok;
}

struct cg_fetch *cg_fetch_make(const struct cg_fetch_options *options, const struct cg_fetch_callbacks *callbacks) {
    struct cg_fetch *fetch = calloc(1, sizeof *fetch);
    if (!fetch) {
        return NULL;
    }
    fetch->callbacks = *callbacks;
    fetch->handle = curl_easy_init();
    if (!fetch->handle || !prepare(fetch, options)) {
        cg_fetch_free(fetch);
        return NULL;
    }
    return fetch;
}

CURL *cg_fetch_handle(struct cg_fetch *fetch) {
    return fetch->handle;
}

static bool append(struct curl_slist **list, const char *text) {
    struct curl_slist *longer = curl_slist_append(*list, text);
    if (longer) {
        *list = longer;
    }
    return longer != NULL;
}

bool cg_fetch_add_field(struct cg_fetch *fetch, const char *field) {
    return append(&fetch->fields, field);
}

bool cg_fetch_set_body(struct cg_fetch *fetch, const uint8_t *bytes, size_t count) {
    CURL *handle = fetch->handle;
    return curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, (const char *)bytes) == CURLE_OK;
}

bool cg_fetch_fix_addresses(struct cg_fetch *fetch, const char *entry) {
    return append(&fetch->addresses, entry);
}

bool cg_fetch_begin(struct cg_fetch *fetch, long total_milliseconds, bool reuses_connections) {
    CURL *handle = fetch->handle;
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, fetch->fields) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_RESOLVE, fetch->addresses) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, total_milliseconds) == CURLE_OK
        && curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, reuses_connections ? 0L : 1L) == CURLE_OK;
}

long cg_fetch_status(struct cg_fetch *fetch) {
    long status = 0;
    return curl_easy_getinfo(fetch->handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

void cg_fetch_free(struct cg_fetch *fetch) {
    // The handle first: it borrows the lists.
    curl_easy_cleanup(fetch->handle);
    curl_slist_free_all(fetch->fields);
    curl_slist_free_all(fetch->addresses);
    free(fetch);
}

bool cg_fetch_keep(CURLM *pool, long connections) {
    return curl_multi_setopt(pool, CURLMOPT_MAXCONNECTS, connections) == CURLM_OK;
}
