#pragma once

#include <stddef.h>
#include <stdint.h>

/// Mixes blocks of 64 bytes into the eight chaining words of SHA-256 (FIPS 180-4 §6.2.2) with the processor's own
/// instructions. Answers 0, and does nothing, where the processor has none.
int connectorgen_sha256_blocks(uint32_t words[_Nonnull 8], const uint8_t *_Nonnull bytes, size_t blocks);
