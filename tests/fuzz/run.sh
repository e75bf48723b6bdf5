#!/bin/sh
# Usage: run.sh SCRATCH LIBRARY SECONDS, from the top of the tree with CC, CFLAGS and LIBS in the environment. Every target of this folder
# on its corpus and then for so many seconds on changes of it: by libFuzzer where the library was built for it (make fuzz FLAVOUR=fuzz
# CC=clang), else by driver.c. A failing input stays in SCRATCH. FUZZ_SEED: libFuzzer's, else another in each run.
set -eu
scratch=$1 library=$2 seconds=$3
mkdir -p "$scratch"
case $scratch in */fuzz/fuzz) way=libfuzzer ;; *) way=driver ;; esac
for source in tests/fuzz/fuzz_*.c; do
    name=$(basename "$source" .c)
    program=$scratch/$name corpus=tests/fuzz/corpus/${name#fuzz_}
    if [ $way = libfuzzer ]; then
        # shellcheck disable=SC2086
        $CC -std=gnu99 -g -O1 -fsanitize=fuzzer,address -Iinclude -o "$program" "$source" "$library" $LIBS
        mkdir -p "$scratch/grown-$name"
        set -- -seed="${FUZZ_SEED:-0}" -max_total_time="$seconds" -timeout=120 -rss_limit_mb=4096 -artifact_prefix="$program-" -print_final_stats=0 -verbosity=0 "$scratch/grown-$name" "$corpus"
    else
        # shellcheck disable=SC2086
        $CC -std=gnu99 $CFLAGS -Wall -Wextra -Iinclude -o "$program" "$source" tests/fuzz/driver.c "$library" $LIBS
        set -- "$seconds" "$corpus"/*
    fi
    if ! OPENBLAS_NUM_THREADS=1 ASAN_OPTIONS=detect_leaks=0 "$program" "$@" >"$scratch/$name.log" 2>&1; then
        tail -n 20 "$scratch/$name.log"
        echo "fuzz: $name fails; its input is beside $program"
        exit 1
    fi
    echo "fuzz: $name: $(tail -n 1 "$scratch/$name.log")"
done
