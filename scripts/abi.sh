#!/bin/sh
# Usage: abi.sh symbols SHARED | abi.sh check SHARED DEBUG | abi.sh update SHARED DEBUG
# SHARED is the library that is shipped, DEBUG one of the same sources built with gcc -g.
# symbols: the functions include/grazing.h declares, those SHARED exports and those lib/grazing.symbols lists must be the same.
#          So must the header's constants, names and values, and those of lib/grazing.constants: most enumerators are in no function's type.
# check:   also, abidiff must find no difference at all between lib/grazing.abi and DEBUG.
# update:  writes lib/grazing.symbols, lib/grazing.constants and lib/grazing.abi anew; review the difference before committing it.
# The baseline describes x86-64; elsewhere only the symbols are compared.
set -u
export LC_ALL=C
: "${CC:=cc}" "${NM:=nm}"

mode=$1 shared=$2 debug=${3:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# shellcheck disable=SC2086
$CC -E -P -Iinclude -x c include/grazing.h | tr '\n' ' ' | grep -oE '\bgrz_[A-Za-z0-9_]+ *\(' | tr -d ' (' | sort -u >"$scratch/declared"
# Type A entries are the version script's nodes themselves.
$NM -D --defined-only "$shared" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u >"$scratch/exported"
[ -s "$scratch/declared" ] && [ -s "$scratch/exported" ] || { echo "abi: cannot read the header's or the library's functions" >&2 && exit 1; }

# Every constant of the header but those of the release, by a program that prints them.
{
    echo '#include <grazing.h>'
    echo '#include <stdio.h>'
    echo 'int main(void) {'
    # shellcheck disable=SC2086
    { $CC -E -P -Iinclude -x c include/grazing.h | grep -oE '\bGRZ_[A-Z0-9_]+ *=' | tr -d ' =' ; echo GRZ_ABI_VERSION; } | sort -u |
        sed 's/.*/printf("& %ld\\n", (long)&);/'
    echo 'return 0; }'
} >"$scratch/constants.c"
# shellcheck disable=SC2086
$CC -Iinclude -o "$scratch/print" "$scratch/constants.c" && "$scratch/print" >"$scratch/constants" && [ -s "$scratch/constants" ] ||
    { echo "abi: cannot read the header's constants" >&2 && exit 1; }

failed=0
compare() {
    if ! diff -u --label "$1" --label "$2" "$3" "$4" >"$scratch/difference"; then
        echo "abi: $1 and $2 differ:"
        grep -E '^[-+](grz|GRZ)' "$scratch/difference"
        failed=1
    fi
}

on_x86_64() { [ "$(uname -m)" = x86_64 ]; }

compare "declared in include/grazing.h" "exported by $shared" "$scratch/declared" "$scratch/exported"
if [ "$mode" = update ]; then
    [ "$failed" = 0 ] || exit 1
    cp "$scratch/exported" lib/grazing.symbols
    cp "$scratch/constants" lib/grazing.constants
    if on_x86_64; then
        abidw --headers-dir include --drop-private-types --exported-interfaces-only --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed \
            --out-file lib/grazing.abi "$debug" || exit 1
    fi
    exit 0
fi

compare "listed in lib/grazing.constants" "the constants of include/grazing.h" lib/grazing.constants "$scratch/constants"
compare "listed in lib/grazing.symbols" "exported by $shared" lib/grazing.symbols "$scratch/exported"
if [ "$mode" = check ] && on_x86_64; then
    # --harmless: an enumerator added or a name changed is a difference too. Any nonzero status fails: 4 is what changed argument types give.
    abidiff --harmless --no-show-locs --headers-dir2 include --drop-private-types lib/grazing.abi "$debug"
    status=$?
    if [ "$status" != 0 ]; then
        echo "abi: abidiff gives $status: the ABI differs from lib/grazing.abi"
        failed=1
    fi
fi
[ "$failed" = 0 ] || echo "abi: if the change is intended, run make abi-update and review lib/grazing.symbols and lib/grazing.abi"
[ "$failed" = 0 ] && echo "abi: $(wc -l <"$scratch/exported") functions, $(wc -l <"$scratch/constants") constants, no difference"
exit "$failed"
