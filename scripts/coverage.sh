#!/bin/sh
# Usage: coverage.sh BUILD_FOLDER
# Which lines of src/ the programs that ran from BUILD_FOLDER reached (gcc --coverage): each room, then all. gcov belongs to the compiler: GCOV.
set -eu
export LC_ALL=C
build=$1
find "$build/src" -name '*.gcda' | sort >"$build/coverage.list"
[ -s "$build/coverage.list" ] || { echo "coverage: nothing has run from $build" >&2 && exit 1; }

# A file that several objects include (headers, .inc) counts once, a line as reached if any of them reached it.
while IFS= read -r data; do
    ${GCOV:-gcov} -t "$data" 2>/dev/null
done <"$build/coverage.list" | awk -F: '
    $3 == "Source" { file = $4; sub(/^.*src\//, "src/", file); next }
    $2 + 0 > 0 && $1 !~ /-$/ && file ~ /^src\// {
        key = file SUBSEP ($2 + 0)
        room = file
        sub(/^src\//, "", room)
        sub(/\/[^\/]*$/, "", room)
        if (!(key in seen)) { seen[key] = 0; lines[room]++; all++ }
        if ($1 !~ /#|=/ && !seen[key]) { seen[key] = 1; reached[room]++; total++ }
    }
    END {
        for (room in lines) printf "%-22s %6.2f %% of %5d lines\n", room, 100 * reached[room] / lines[room], lines[room] | "sort"
        close("sort")
        printf "%-22s %6.2f %% of %5d lines\n", "all", 100 * total / all, all
    }'
