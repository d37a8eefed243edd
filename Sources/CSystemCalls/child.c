#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

int connectorgen_start(char *_Nullable const *_Nonnull arguments, int *_Nonnull output, int *_Nonnull errors) {
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC) != 0) return -errno;
    if (pipe2(err, O_CLOEXEC) != 0) {
        int code = errno;
        close(out[0]);
        close(out[1]);
        return -code;
    }
    posix_spawn_file_actions_t actions;
    pid_t child = 0;
    int code = posix_spawn_file_actions_init(&actions);
    if (code == 0) {
        code = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        if (code == 0) code = posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
        if (code == 0) code = posix_spawnp(&child, arguments[0], &actions, 0, arguments, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    close(out[1]);
    close(err[1]);
    if (code != 0) {
        close(out[0]);
        close(err[0]);
        return -code;
    }
    *output = out[0];
    *errors = err[0];
    return child;
}
