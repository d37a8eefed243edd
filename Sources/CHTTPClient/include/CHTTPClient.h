#pragma once

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What Swift cannot say to libcurl itself: its setters are variadic, and a socket address is a cast.
// Every pointer is borrowed for the call unless said otherwise.

#pragma clang assume_nonnull begin

/// What a fetch calls, on the thread that performs it and always with `context`.
struct cg_fetch_callbacks {
    void *context;
    /// Judges an address before a socket is made for it, and again before the request is sent over a connection,
    /// whether it is new or stands already: 4 bytes, 16 bytes, or none for another family.
    bool (*_Nonnull admits)(void *context, const uint8_t *bytes, size_t count);
    /// A line of the head, with its line end; false ends the fetch.
    bool (*_Nonnull head)(void *context, const uint8_t *bytes, size_t count);
    /// A piece of the body; false ends the fetch.
    bool (*_Nonnull body)(void *context, const uint8_t *bytes, size_t count);
};

/// What a fetch asks for and how far it may go. All strings are copied.
struct cg_fetch_options {
    const char *url;
    const char *user_agent;
    /// A file of certificates to trust in place of the system's.
    const char *_Nullable authorities;
    long connect_milliseconds;
    /// An answer that announces a longer body is not read.
    curl_off_t longest_body;
    /// True for http, false for https.
    bool is_plain;
};

/// A GET, or a POST once it has a body, over the one protocol and nothing else: no redirects, proxies, credentials, cookies or decompression, whatever the
/// environment says.
struct cg_fetch;

/// NULL when there is no memory or the library refuses an option. The callbacks are copied and their context must
/// outlive the fetch. Release with cg_fetch_free.
struct cg_fetch *_Nullable cg_fetch_make(const struct cg_fetch_options *options,
                                         const struct cg_fetch_callbacks *callbacks);

/// The handle to perform the fetch with; it must not be in use when the fetch is freed.
CURL *cg_fetch_handle(struct cg_fetch *fetch);

/// Adds a header field, `Name: value`; false when there is no memory.
bool cg_fetch_add_field(struct cg_fetch *fetch, const char *field);

/// Makes it a POST of these bytes, which are copied; false when there is no memory.
bool cg_fetch_set_body(struct cg_fetch *fetch, const uint8_t *bytes, size_t count);

/// Fixes the addresses of a name, `name:port:address,address`; false when there is no memory.
bool cg_fetch_fix_addresses(struct cg_fetch *fetch, const char *entry);

/// Sets the time for all that follows, and whether a connection that stands may be used.
bool cg_fetch_begin(struct cg_fetch *fetch, long total_milliseconds, bool reuses_connections);

/// The status of the answer; 0 when there was none.
long cg_fetch_status(struct cg_fetch *fetch);

void cg_fetch_free(struct cg_fetch *fetch);

/// Bounds the connections that are kept for later.
bool cg_fetch_keep(CURLM *pool, long connections);

#pragma clang assume_nonnull end
