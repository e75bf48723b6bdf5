#!/bin/sh
# Usage: scaling.sh PROGRAMS SCRATCH. Median times of a step of the shock tube, 16^3 velocities, in ROUNDS (5) rounds that take turns: 96
# cells in all (strong scaling) and 24 cells a rank (weak scaling), on 1, 2 and 4 ranks. On a shared machine the processor time of the
# busiest rank, without the exchange, says how the work divides; the elapsed time says it on one's own machine only.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/environment.sh"
programs=$(cd "$1" && pwd)
mkdir -p "$2"
cd "$2"

step() { mpirun -n "$1" "$programs/kinetic" shock --cells "$2" --stop 30 --name scaling | awk '/^median time/ { t = $6 } /^processor time/ { print t, $6 }'; }
rm -f times
round=0
while [ "$round" -lt "${ROUNDS:-5}" ]; do
    for ranks in 1 2 4; do
        echo "strong $ranks 96 $(step $ranks 96)" >>times
        echo "weak $ranks $((24 * ranks)) $(step $ranks $((24 * ranks)))" >>times
    done
    round=$((round + 1))
done
median() { awk -v kind="$1" -v ranks="$2" -v column="$3" '$1 == kind && $2 == ranks { print $column }' times | sort -g | awk '{ t[NR] = $1 } END { print 1e3 * t[int((NR + 1) / 2)] }'; }
for kind in strong weak; do
    for ranks in 1 2 4; do
        echo "$kind, $ranks ranks: $(median $kind $ranks 4) ms a step, processor $(median $kind $ranks 5) ms"
    done
done
