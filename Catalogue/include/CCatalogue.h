#pragma once

#include <stddef.h>

/* The data files of this folder, as they were when the library was compiled: static, constant, not NUL-terminated. */

const unsigned char *ccatalogue_clients(size_t *size);
const unsigned char *ccatalogue_implementations(size_t *size);
const unsigned char *ccatalogue_keycloak(size_t *size);
const unsigned char *ccatalogue_keycloak_realm(size_t *size);
const unsigned char *ccatalogue_providers(size_t *size);
const unsigned char *ccatalogue_secrets(size_t *size);
const unsigned char *ccatalogue_presets(size_t *size);
