#!/bin/sh
set -eu
# Runs the script KCADM_SCRIPT, which a test has written, through the shell: started itself it would now and then be
# "Text file busy", because another test forks while it is open. Counts the calls in CALL_COUNT and fails in place of
# call STOP_AT.
read -r n <"$CALL_COUNT"
n=$((n + 1))
echo "$n" >"$CALL_COUNT"
if [ "$n" = "${STOP_AT:-0}" ]; then
    echo 'Failed to send request - Connection reset' >&2
    exit 1
fi
# With CONTAINED it is where our files are not, but for its own configuration.
if [ -n "${CONTAINED:-}" ]; then
    previous=
    for word in "$@"; do
        if [ "$previous" != --config ] && [ -e "$word" ]; then
            echo "there is no $word in the container" >&2
            exit 1
        fi
        previous=$word
    done
fi
exec sh "$KCADM_SCRIPT" "$@"
