#!/bin/sh
# Usage: kinetic.sh PROGRAMS SCRATCH, from the top of the tree. Tests examples/kinetic: its parts against closed forms (units.c), then small
# runs: the same bytes for 1, 2 and 4 ranks, for threads and after a restart; conservation; both limits of the shock tube; communication as
# docs/kinetic.md counts it; and the commands of that page.
set -eu
. examples/kinetic/environment.sh

programs=$(cd "$1" && pwd)
rm -rf "$2"
mkdir -p "$2"
page=$PWD/docs/kinetic.md
cd "$2"
PATH=$programs:$PATH
failures=0

expect() {
    if eval "$2"; then
        echo "ok   $1"
    else
        echo "FAIL $1: $2"
        failures=$((failures + 1))
    fi
}

# The figures that a run printed: value NAME 'pattern' FIELD
value() { awk -v pattern="$2" -v field="$3" 'index($0, pattern) == 1 { print $field }' "$1.log"; }
below() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a + 0 <= b) }'; }
same() { cmp -s "$1" "$2"; }

# run NAME RANKS ARGUMENTS...
run() {
    name=$1 ranks=$2
    shift 2
    timeout 300 mpirun -n "$ranks" kinetic "$@" --name "$name" --checkpoint 1 >"$name.log" 2>&1 || {
        cat "$name.log"
        echo "FAIL kinetic $*"
        exit 1
    }
}

units units.wisdom || failures=$((failures + 1))

tube="shock --cells 24 --nodes 12 --end 0.1 --knudsen 1e-2 --outputs 2"
for ranks in 1 2 4; do
    # shellcheck disable=SC2086
    run "tube$ranks" $ranks $tube
    expect "shock tube, $ranks ranks: balance of mass, momentum, energy" "below '$(value tube$ranks 'conservation' 3)' 1e-12"
    bytes=$(((ranks - 1) * 48 * 12 * 12 * 12))
    expect "shock tube, $ranks ranks: $bytes halo bytes a step" "[ '$(value tube$ranks 'halo bytes' 6)' = $bytes ]"
done
# shellcheck disable=SC2086
run threads 1 $tube --threads 2
# shellcheck disable=SC2086
run half 2 $tube --stop 7
# shellcheck disable=SC2086
run rest 4 $tube --restart half.state.h5
for other in tube2 tube4 threads; do
    for end in h5 csv state.h5; do expect "$other.$end is tube1.$end" "same $other.$end tube1.$end"; done
done
expect "stopped and continued on other ranks: the state of an unbroken run" "same rest.state.h5 tube1.state.h5"
expect "the state of half a run is another" "! same half.state.h5 tube1.state.h5"
kinetic shock --cells 24 --nodes 12 --end 0.2 --restart half.state.h5 --name wrong >wrong.log 2>&1 || true
expect "a state of another run is refused" "grep -q 'half.state.h5 is of another run' wrong.log"

# Told to stop, it writes the state of the step that it has come to: the one that a run to that step has.
long="shock --cells 24 --nodes 12 --end 4 --knudsen 1e-2"
for signal in TERM INT; do
    # shellcheck disable=SC2086
    kinetic $long --name sig$signal >sig$signal.log 2>&1 &
    process=$!
    until [ -e sig$signal.csv ] || ! kill -0 $process 2>/dev/null; do sleep 0.05; done
    sleep 0.2
    kill -$signal $process
    code=0
    wait $process || code=$?
    step=$(sed -n 's/^kinetic: signal .* after step \([0-9]*\):.*/\1/p' sig$signal.log)
    expect "stopped by $signal after step $step, status $code" "[ '$code' -gt 128 ] && [ -n '$step' ]"
    # shellcheck disable=SC2086
    run to$signal 1 $long --stop "${step:-1}"
    expect "the state of that step" "same sig$signal.state.h5 to$signal.state.h5"
done
# shellcheck disable=SC2086
kinetic $tube --stop 8 --checkpoint-every 7 --name every >every.log 2>&1
expect "the state after every seventh step" "same every.state.h5 half.state.h5"

head -c 3000 half.state.h5 >trunc.h5
# shellcheck disable=SC2086
kinetic $tube --restart trunc.h5 --name wrong >wrong.log 2>&1 || true
expect "a truncated file is named with HDF5's reason" "grep -q 'HDF5: trunc.h5: truncated file' wrong.log"
for wrong in '--coulomb -1' '--coulomb 2' '--vhs -9' '--vhs nan' '--cells 3.5' '--cells 1' '--cells 1e30' '--nodes -8' '--end 0' '--end inf' '--threads 0' \
    '--knudsen -1' '--stop -3' '--accuracy 7' '--tx 2' '--checkpoint 2' '--name' '--outputs 1e99' '--length 1e-300' '--width 2'; do
    # shellcheck disable=SC2086
    if timeout 20 kinetic shock --cells 8 --nodes 8 --name wrong $wrong >wrong.log 2>&1; then code=0; else code=$?; fi
    expect "$wrong is refused by name" "[ $code != 0 ] && grep -q 'kinetic: .*' wrong.log && ! grep -q 'steps, seconds' wrong.log"
done

layers="layers --cells 12 --nodes 12 --end 1"
for ranks in 1 2 4; do
    # shellcheck disable=SC2086
    run "layers$ranks" $ranks $layers
    expect "layers, $ranks ranks: conservation" "below '$(value layers$ranks 'conservation' 3)' 1e-12"
    bytes=$((ranks == 1 ? 0 : ranks * 48 * 12 * 12 * 12))
    expect "layers, $ranks ranks: $bytes halo bytes a step" "[ '$(value layers$ranks 'halo bytes' 6)' = $bytes ]"
done
for other in layers2 layers4; do
    for end in h5 csv state.h5; do expect "$other.$end is layers1.$end" "same $other.$end layers1.$end"; done
done

# Transport, collisions and splitting together: density and temperature of cells against those of pairs of cells of the next finer run.
for cells in 12 24 48; do run order$cells 1 layers --cells $cells --nodes 12 --end 1; done
profile() { awk -F, '/^time/ { block++; next } block == 2 && NF { print $3, $5 }' "$1.csv"; }
for cells in 12 24; do
    profile order$((2 * cells)) | awk '{ r += $1 / 2; e += $1 * $2 / 2 } NR % 2 == 0 { print r, e / r; r = e = 0 }' >pairs
    profile order$cells | paste -d ' ' - pairs | awk '{ d = $1 - $3; t = $2 - $4; sum += sqrt(d * d) + sqrt(t * t) } END { print sum / NR }' >change$cells
done
ratio=$(cat change12 change24 | awk 'NR == 1 { coarse = $1 } NR == 2 { print coarse / $1 }')
expect "layers: halving dx and dt divides the change by $ratio, at least 3.5" "below 3.5 '$ratio'"

run euler 2 shock --cells 60 --nodes 12 --knudsen 1e-5
run stiff 2 shock --cells 60 --nodes 12 --knudsen 1e-12
for name in euler stiff; do
    for field in 5 6 7; do
        expect "$name: distance from Euler's solution, field $((field - 4))" "below '$(value $name 'L1 from Euler' $field)' 0.055"
    done
done
run free 2 shock --cells 80 --length 2 --width 0.1 --knudsen inf
for field in 6 7 8; do
    expect "free molecular flow: distance, field $((field - 5))" "below '$(value free 'L1 from free' $field)' 0.003"
done
expect "free molecular flow: nothing negative" "below '$(value free 'smallest f' 5 | tr -d -)' 0"

# What the page shows is run as it stands, in a folder of its own.
mkdir page
(cd page && awk '/^```sh/ { c = 1; next } /^```/ { c = 0 } c' "$page" >commands.sh && sh -eu commands.sh >commands.log 2>&1) || {
    cat page/commands.log
    echo "FAIL the commands of docs/kinetic.md"
    failures=$((failures + 1))
}

[ "$failures" = 0 ] || {
    echo "kinetic: $failures failed"
    exit 1
}
echo "kinetic: all passed"
