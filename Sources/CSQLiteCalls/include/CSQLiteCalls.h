#pragma once

#include <sqlite3.h>

// What Swift cannot say to SQLite itself: a destructor that is a cast, and a variadic function.

#pragma clang assume_nonnull begin

/// Binds a copy of the bytes; a length of 0 binds the empty blob, not NULL.
int cg_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *_Nullable bytes, int count);

/// Binds a copy of the UTF-8 text.
int cg_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *_Nullable text, int count);

/// Takes from a connection what a plain store never needs: writable schemas, double-quoted strings, functions and
/// virtual tables in a schema that someone else may have written.
int cg_sqlite_harden(sqlite3 *connection);

#pragma clang assume_nonnull end
