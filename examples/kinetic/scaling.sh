#!/bin/sh
# Usage: scaling.sh PROGRAMS SCRATCH. Median times of a step of the shock tube, 16^3 velocities, in ROUNDS (5) rounds that take turns: 96 cells in all
# (strong scaling) and 24 cells a rank (weak scaling), on 1, 2 and 4 ranks.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/environment.sh"
programs=$(cd "$1" && pwd)
mkdir -p "$2"
cd "$2"

step() { mpirun -n "$1" "$programs/kinetic" shock --cells "$2" --stop 30 --name scaling | awk '/^median time/ { print $6 }'; }
rm -f times
round=0
while [ "$round" -lt "${ROUNDS:-5}" ]; do
    for ranks in 1 2 4; do
        echo "strong $ranks 96 $(step $ranks 96)" >>times
        echo "weak $ranks $((24 * ranks)) $(step $ranks $((24 * ranks)))" >>times
    done
    round=$((round + 1))
done
sort -k1,1 -k2,2n -k4,4g times | awk '
    function report() { if (n) printf "%-6s %d ranks %4d cells: median %.1f ms a step, %.1f to %.1f\n", kind, ranks, cells, 1e3 * t[int((n + 1) / 2)], 1e3 * t[1], 1e3 * t[n] }
    { if ($1 " " $2 != last) { report(); n = 0 } last = $1 " " $2; kind = $1; ranks = $2; cells = $3; t[++n] = $4 }
    END { report() }'
