#pragma once

// The Linux calls that Swift's Glibc module does not show: they need _GNU_SOURCE. Each returns what the
// call returns, and sets errno.

#include <stddef.h>
#include <sys/types.h>

/// renameat2(2) with RENAME_EXCHANGE: both names exist, and change places in one step.
int connectorgen_exchange(int directory, const char *_Nonnull first, const char *_Nonnull second);

/// renameat2(2) with RENAME_NOREPLACE.
int connectorgen_rename_new(int directory, const char *_Nonnull from, const char *_Nonnull to);

/// sync_file_range(2) with SYNC_FILE_RANGE_WRITE for the whole file: its bytes are on their way to the disk.
int connectorgen_start_writing(int descriptor);

/// syncfs(2): all that is written to the file system of the descriptor is on the disk.
int connectorgen_sync_file_system(int descriptor);

/// getrandom(2); fewer than 256 bytes never come short.
ssize_t connectorgen_random(void *_Nonnull bytes, size_t count);

/// "No space left on device", in English whatever the locale.
const char *_Nonnull connectorgen_error_text(int code);
