#include "CCatalogue.h"

static const unsigned char clients[] = {
#embed "clients.json"
};

static const unsigned char implementations[] = {
#embed "implementations.json"
};

static const unsigned char keycloak[] = {
#embed "keycloak.json"
};

static const unsigned char keycloak_realm[] = {
#embed "keycloak-realm.json"
};

static const unsigned char providers[] = {
#embed "providers.json"
};

static const unsigned char secrets[] = {
#embed "secrets.json"
};

static const unsigned char presets[] = {
#embed "presets.json"
};

const unsigned char *ccatalogue_clients(size_t *size) {
    *size = sizeof clients;
    return clients;
}

const unsigned char *ccatalogue_implementations(size_t *size) {
    *size = sizeof implementations;
    return implementations;
}

const unsigned char *ccatalogue_keycloak(size_t *size) {
    *size = sizeof keycloak;
    return keycloak;
}

const unsigned char *ccatalogue_keycloak_realm(size_t *size) {
    *size = sizeof keycloak_realm;
    return keycloak_realm;
}

const unsigned char *ccatalogue_providers(size_t *size) {
    *size = sizeof providers;
    return providers;
}

const unsigned char *ccatalogue_secrets(size_t *size) {
    *size = sizeof secrets;
    return secrets;
}

const unsigned char *ccatalogue_presets(size_t *size) {
    *size = sizeof presets;
    return presets;
}
