#!/bin/sh
# Usage: figures.sh PROGRAMS SCRATCH IMAGES. The cases of docs/kinetic.md on RANKS (2) processes, and its figures; minutes. Runs that are
# there are not repeated.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/environment.sh"
programs=$(cd "$1" && pwd) images=$(cd "$3" && pwd)
mkdir -p "$2"
cd "$2"

run() {
    name=$1
    shift
    [ -s "$name.log" ] && return
    echo "kinetic $*"
    mpirun -n "${RANKS:-2}" "$programs/kinetic" "$@" --name "$name" >"$name.new"
    mv "$name.new" "$name.log"
    tail -n +3 "$name.log" | sed 's/^/    /'
}

run euler shock --knudsen 1e-4
run slip shock --knudsen 1e-2 --length 2 --cells 160 --accuracy 2
run free shock --knudsen inf --length 2 --nodes 32 --width 0.05
run along relaxation --cells 4 --length 4 --end 6 --outputs 30 --tx 1.4 --tp 0.8
run across relaxation --cells 4 --length 4 --end 6 --outputs 30 --tx 0.6 --tp 1.2
run layers layers --end 10 --outputs 5 --nodes 20

gnuplot "$here/shock.gp"
gnuplot "$here/plasma.gp"
cp kinetic-shock.png kinetic-plasma.png "$images"
