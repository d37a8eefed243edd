#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What needs a variable per thread or a header that Swift does not see. Pointers are borrowed for the call.

#pragma clang assume_nonnull begin

/// Writes the 32 bytes of the SHA-256 of `bytes`. The context is made once per thread and goes with it, which is four
/// times as fast as one per call and scales over threads. False when libcrypto has no memory.
bool cg_sha256(const uint8_t *_Nullable bytes, size_t count, uint8_t *digest);

/// Fills `bytes` from the kernel's generator. False when the kernel has none.
bool cg_random(uint8_t *_Nullable bytes, size_t count);

#pragma clang assume_nonnull end
