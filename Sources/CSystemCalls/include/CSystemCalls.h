#pragma once

// The Linux calls that Swift's Glibc module does not show, because they need _GNU_SOURCE or a signal handler. Each
// returns what the call returns, and sets errno.

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

/// Room for that many bytes on top of the heap, in huge pages where the system gives them to those who ask
/// (madvise(2), MADV_HUGEPAGE). Nothing of it is in memory before it is used. Arrays that grow stay on the heap from
/// then on instead of in mappings of their own. Does nothing when there is no memory.
void connectorgen_reserve_heap(size_t count);

/// "No space left on device", in English whatever the locale.
const char *_Nonnull connectorgen_error_text(int code);

/// Reads a line from the terminal of the descriptor without showing it: up to count bytes into line, the line end
/// left out, the rest of a longer line dropped. Returns the length of the whole line, which may be more than count; -1
/// with EIO at the end of input; -1 with EINTR when a signal came that ends programs, whose number is then in
/// *signal_number. The terminal shows again what is typed before this returns. Not for two threads at once.
ssize_t connectorgen_read_hidden_line(
    int descriptor, char *_Nonnull line, size_t count, int *_Nonnull signal_number);

/// Starts so many threads (64 at most) that all live at one moment, ends them, and returns how many there were: fewer
/// than asked where a limit of processes or of memory is near.
int connectorgen_startable_threads(int count);
/// posix_spawnp(3): starts a program of PATH with our environment and nothing to read. `arguments` begins with its name
/// and ends with NULL; *output and *errors become the descriptors that its two streams are read from. Returns the process,
/// or the negative of an error number.
int connectorgen_start(char *_Nullable const *_Nonnull arguments, int *_Nonnull output, int *_Nonnull errors);

