#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <pthread.h>
#include <signal.h>

static void *wait_for_gate(void *gate) {
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

int connectorgen_startable_threads(int count) {
    enum { most = 64 };
    pthread_t threads[most];
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    if (count > most) count = most;
    // Signals go to the threads that want them.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_mutex_lock(&gate);
    int started = 0;
    while (started < count && pthread_create(&threads[started], NULL, wait_for_gate, &gate) == 0) started++;
    pthread_mutex_unlock(&gate);
    for (int index = 0; index < started; index++) pthread_join(threads[index], NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}
