#include "CCryptography.h"

#include <errno.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <sys/random.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t contexts;
static EVP_MD *sha256;

static void free_context(void *context) {
    EVP_MD_CTX_free(context);
}

static void prepare(void) {
    // Without the key there is no way to free contexts, so there is no digest either.
    if (pthread_key_create(&contexts, free_context) == 0) sha256 = EVP_MD_fetch(NULL, "SHA2-256", NULL);
}

static EVP_MD_CTX *thread_context(void) {
    pthread_once(&once, prepare);
    if (!sha256) return NULL;
    EVP_MD_CTX *context = pthread_getspecific(contexts);
    if (context) return context;
    context = EVP_MD_CTX_new();
    if (context && pthread_setspecific(contexts, context) != 0) {
        EVP_MD_CTX_free(context);
        return NULL;
    }
    return context;
}

bool cg_sha256(const uint8_t *bytes, size_t count, uint8_t *digest) {
    EVP_MD_CTX *context = thread_context();
    return context && EVP_DigestInit_ex2(context, sha256, NULL) == 1
        && EVP_DigestUpdate(context, bytes, count) == 1 && EVP_DigestFinal_ex(context, digest, NULL) == 1;
}

bool cg_random(uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t got = getrandom(bytes, count, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        bytes += got;
        count -= (size_t)got;
    }
    return true;
}
