#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

int connectorgen_exchange(int directory, const char *first, const char *second) {
    return renameat2(directory, first, directory, second, RENAME_EXCHANGE);
}

int connectorgen_rename_new(int directory, const char *from, const char *to) {
    return renameat2(directory, from, directory, to, RENAME_NOREPLACE);
}

int connectorgen_start_writing(int descriptor) {
    return sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

int connectorgen_sync_file_system(int descriptor) { return syncfs(descriptor); }

ssize_t connectorgen_random(void *bytes, size_t count) { return getrandom(bytes, count, 0); }

const char *connectorgen_error_text(int code) {
    const char *text = strerrordesc_np(code);
    return text ? text : "unknown error";
}
