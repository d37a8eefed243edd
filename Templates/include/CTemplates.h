#pragma once

#include <stddef.h>

/* The templates that stand in this folder, as they were when the library was compiled. */

/* How many there are. */
size_t ctemplates_count(void);

/* The path of a template below this folder, NUL-terminated, static. NULL behind the last. */
const char *_Nullable ctemplates_name(size_t index);

/* Its bytes, ctemplates_size() of them, static and never written. NULL behind the last. */
const unsigned char *_Nullable ctemplates_bytes(size_t index);

/* Its length in bytes; 0 behind the last. */
size_t ctemplates_size(size_t index);
