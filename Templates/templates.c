#include "CTemplates.h"

/* To add a template: its bytes here, its row in `templates`, and a `TemplateDefinition` in Sources/Templates. */

static const unsigned char nginx_http[] = {
#embed "nginx/http.conf.tmpl"
};

static const unsigned char nginx_server[] = {
#embed "nginx/server.conf.tmpl"
};

static const unsigned char nginx_root[] = {
#embed "nginx/root.conf.tmpl"
};

static const unsigned char nginx_snippet[] = {
#embed "nginx/snippet.conf.tmpl"
};

static const unsigned char env_env[] = {
#embed "env/env.tmpl"
};

static const unsigned char keycloak_apply[] = {
#embed "keycloak/apply.sh.tmpl"
};

static const unsigned char keycloak_status[] = {
#embed "keycloak/status.sh.tmpl"
};

static const unsigned char keycloak_verify[] = {
#embed "keycloak/verify.sh.tmpl"
};

static const unsigned char keycloak_retire[] = {
#embed "keycloak/retire.sh.tmpl"
};

static const unsigned char keycloak_prune[] = {
#embed "keycloak/prune.sh.tmpl"
};

static const unsigned char keycloak_bootstrap[] = {
#embed "keycloak/bootstrap.sh.tmpl"
};

static const unsigned char keycloak_onboard[] = {
#embed "keycloak/onboard.sh.tmpl"
};

static const unsigned char keycloak_backup[] = {
#embed "keycloak/backup.sh.tmpl"
};

static const unsigned char keycloak_lib[] = {
#embed "keycloak/lib.sh.tmpl"
};

static const unsigned char keycloak_realm[] = {
#embed "keycloak/realm.jq.tmpl"
};

static const unsigned char keycloak_rest[] = {
#embed "keycloak/kcadm-rest.tmpl"
};

static const unsigned char pages_provider[] = {
#embed "pages/provider.html.tmpl"
};

static const unsigned char pages_onward[] = {
#embed "pages/onward.html.tmpl"
};

static const unsigned char pages_layout[] = {
#embed "pages/layout.html.tmpl"
};

static const unsigned char pages_sign_in[] = {
#embed "pages/sign-in.html.tmpl"
};

static const unsigned char pages_consent[] = {
#embed "pages/consent.html.tmpl"
};

static const unsigned char pages_message[] = {
#embed "pages/message.html.tmpl"
};

static const unsigned char pages_continue[] = {
#embed "pages/continue.html.tmpl"
};

static const unsigned char pages_style[] = {
#embed "pages/style.css.tmpl"
};

static const unsigned char pages_texts[] = {
#embed "pages/texts.tmpl"
};

static const struct {
    const char *name;
    const unsigned char *bytes;
    size_t size;
} templates[] = {
    {"nginx/http.conf.tmpl", nginx_http, sizeof nginx_http},
    {"nginx/server.conf.tmpl", nginx_server, sizeof nginx_server},
    {"nginx/root.conf.tmpl", nginx_root, sizeof nginx_root},
    {"nginx/snippet.conf.tmpl", nginx_snippet, sizeof nginx_snippet},
    {"env/env.tmpl", env_env, sizeof env_env},
    {"keycloak/apply.sh.tmpl", keycloak_apply, sizeof keycloak_apply},
    {"keycloak/status.sh.tmpl", keycloak_status, sizeof keycloak_status},
    {"keycloak/verify.sh.tmpl", keycloak_verify, sizeof keycloak_verify},
    {"keycloak/retire.sh.tmpl", keycloak_retire, sizeof keycloak_retire},
    {"keycloak/prune.sh.tmpl", keycloak_prune, sizeof keycloak_prune},
    {"keycloak/bootstrap.sh.tmpl", keycloak_bootstrap, sizeof keycloak_bootstrap},
    {"keycloak/onboard.sh.tmpl", keycloak_onboard, sizeof keycloak_onboard},
    {"keycloak/backup.sh.tmpl", keycloak_backup, sizeof keycloak_backup},
    {"keycloak/lib.sh.tmpl", keycloak_lib, sizeof keycloak_lib},
    {"keycloak/realm.jq.tmpl", keycloak_realm, sizeof keycloak_realm},
    {"keycloak/kcadm-rest.tmpl", keycloak_rest, sizeof keycloak_rest},
    {"pages/provider.html.tmpl", pages_provider, sizeof pages_provider},
    {"pages/onward.html.tmpl", pages_onward, sizeof pages_onward},
    {"pages/layout.html.tmpl", pages_layout, sizeof pages_layout},
    {"pages/sign-in.html.tmpl", pages_sign_in, sizeof pages_sign_in},
    {"pages/consent.html.tmpl", pages_consent, sizeof pages_consent},
    {"pages/message.html.tmpl", pages_message, sizeof pages_message},
    {"pages/continue.html.tmpl", pages_continue, sizeof pages_continue},
    {"pages/style.css.tmpl", pages_style, sizeof pages_style},
    {"pages/texts.tmpl", pages_texts, sizeof pages_texts},
};

size_t ctemplates_count(void) { return sizeof templates / sizeof templates[0]; }

const char *ctemplates_name(size_t index) { return index < ctemplates_count() ? templates[index].name : NULL; }

const unsigned char *ctemplates_bytes(size_t index) {
    return index < ctemplates_count() ? templates[index].bytes : NULL;
}

size_t ctemplates_size(size_t index) { return index < ctemplates_count() ? templates[index].size : 0; }
