#!/bin/sh
# Usage: run.sh LOGS SUITE...
# Runs Check suites, JOBS at once (default: the number of processors), each under the command in WRAPPER if that is set. Prints one line
# per suite as it ends, with Check's own count, then the output of every suite that failed; fails when any did. The suite's output is kept
# in LOGS. Tests left out (SKIP_IF of tests/support/sizes.h) are named, counted, and not among the checks. A suite fails by its exit status
# or by ending without Check's closing line. With MEMORY_ONLY=1, for valgrind, assertions are not judged: it fails when a test that passes ends with an error (99: memory lost) or when any invalid access is reported.
set -u

if [ "${1:-}" = --one ]; then
    logs=$2 suite=$3
    name=$(basename "$suite")
    log=$logs/$name.log
    begin=$(date +%s)
    # shellcheck disable=SC2086
    timeout "${SUITE_TIMEOUT:-3600}" ${WRAPPER:-} "$suite" >"$log" 2>&1 </dev/null
    status=$?
    closing=$(grep -E '^[0-9]+%: Checks: [0-9]+' "$log" | tail -n 1)
    [ "$status" = 124 ] && echo "run.sh: stopped after ${SUITE_TIMEOUT:-3600} s" >>"$log"
    verdict=ok
    if [ -z "${MEMORY_ONLY:-}" ]; then
        [ "$status" = 0 ] && [ -n "$closing" ] || verdict=FAILED
    else
        case $closing in *"Errors: 0") ;; *) verdict=FAILED ;; esac
        grep -qE '^==[0-9]+== +(Invalid|Conditional jump|Use of|Syscall param|Mismatched|Source and dest|Argument|Process terminating)' "$log" &&
            verdict=FAILED
    fi
    skipped=$(grep -c '^SKIPPED ' "$log")
    printf '%-28s %-6s %4d s  %s%s\n' "$name" "$verdict" $(($(date +%s) - begin)) "${closing:-no closing line, exit status $status}" \
        "$([ "$skipped" = 0 ] || echo ", Skipped: $skipped")"
    echo "$verdict" >"$logs/$name.verdict"
    exit 0
fi

logs=$1
shift
mkdir -p "$logs"
rm -f "$logs"/*.log "$logs"/*.verdict
[ $# -gt 0 ] || { echo "no test suites" && exit 1; }

# Check stops a test after 4 s unless told otherwise; suites run side by side, so each keeps to few threads that do not spin.
export CK_DEFAULT_TIMEOUT="${CK_DEFAULT_TIMEOUT:-900}" OMP_NUM_THREADS="${OMP_NUM_THREADS:-2}" OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}" CK_VERBOSITY="${CK_VERBOSITY:-normal}"

printf '%s\n' "$@" | xargs -n 1 -P "${JOBS:-$(nproc)}" "$0" --one "$logs"

failed=0
for suite in "$@"; do
    name=$(basename "$suite")
    [ "$(cat "$logs/$name.verdict" 2>/dev/null)" = ok ] && continue
    failed=$((failed + 1))
    printf '\n---- %s\n' "$name"
    tail -n 200 "$logs/$name.log"
done
checks=$(grep -hE '^[0-9]+%: Checks: ' "$logs"/*.log | sed 's/.*Checks: \([0-9]*\).*/\1/' | awk '{ n += $1 } END { print n + 0 }')
skipped=0
for suite in "$@"; do
    name=$(basename "$suite")
    sed -n "s|^SKIPPED |skipped: $name/|p" "$logs/$name.log"
    skipped=$((skipped + $(grep -c '^SKIPPED ' "$logs/$name.log")))
done
printf '%d of %d suites passed, %d checks in all, %d skipped\n' $(($# - failed)) $# $((checks - skipped)) "$skipped"
[ "$failed" = 0 ]
