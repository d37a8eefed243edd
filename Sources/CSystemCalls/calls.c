#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

void connectorgen_reserve_heap(size_t count) {
    const uintptr_t huge = (uintptr_t)2 << 20;
    // 32 MiB is the most that malloc takes for the first; a block larger than the rest of the heap makes it grow.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, INT32_MAX);
    mallopt(M_TOP_PAD, (int)(count < INT32_MAX ? count : INT32_MAX));
    void *block = malloc(1 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    uintptr_t start = ((uintptr_t)block + huge - 1) & ~(huge - 1);
    uintptr_t end = (uintptr_t)sbrk(0) & ~(huge - 1);
    if (block && start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
    free(block);
}

const char *connectorgen_error_text(int code) {
    const char *text = strerrordesc_np(code);
    return text ? text : "unknown error";
}
