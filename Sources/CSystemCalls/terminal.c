#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A signal while the echo is off would leave the terminal silent, so it is noted here, and answered for when the echo
   is on again. */
static volatile sig_atomic_t noted;

static void note(int number) { noted = number; }

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { signal_count = sizeof signals / sizeof signals[0] };

static ssize_t read_line(int descriptor, char *line, size_t count) {
    size_t length = 0;
    for (;;) {
        char byte;
        ssize_t got = read(descriptor, &byte, 1);
        if (got < 0) return -1;
        if (got == 0 && length == 0) {
            errno = EIO;
            return -1;
        }
        if (got == 0 || byte == '\n') return (ssize_t)length;
        if (length < count) line[length] = byte;
        length++;
    }
}

ssize_t connectorgen_read_hidden_line(int descriptor, char *line, size_t count, int *signal_number) {
    struct termios shown;
    if (tcgetattr(descriptor, &shown) != 0) return -1;

    struct sigaction action, before[signal_count];
    memset(&action, 0, sizeof action);
    action.sa_handler = note; /* without SA_RESTART: the read ends */
    sigset_t wanted, mask;
    sigemptyset(&wanted);
    noted = 0;
    for (int i = 0; i < signal_count; i++) {
        sigaddset(&wanted, signals[i]);
        sigaction(signals[i], &action, &before[i]);
    }
    pthread_sigmask(SIG_UNBLOCK, &wanted, &mask);

    struct termios hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    hidden.c_lflag |= ECHONL; /* the end of the line is shown */
    ssize_t length = -1;
    int error = 0;
    /* What was typed before the prompt was meant for something else. */
    if (tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0) {
        length = noted ? -1 : read_line(descriptor, line, count);
        error = length < 0 ? (noted ? EINTR : errno) : 0;
        tcsetattr(descriptor, TCSAFLUSH, &shown);
    } else {
        error = errno;
    }

    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    for (int i = 0; i < signal_count; i++) sigaction(signals[i], &before[i], NULL);
    *signal_number = noted;
    errno = error;
    return length;
}
