#!/bin/sh
# Usage: remove-empty.sh PREFIX FOLDER... Removes the folders that are empty, and those above them that thereby become so, below PREFIX;
# of /usr and /usr/local, also under a DESTDIR, the folders bin, include, lib and so on are the system's and stay.
prefix=$1
shift
for folder in "$@"; do
    while [ "$folder" != "$prefix" ] && [ "$folder" != "${folder#"$prefix"/}" ]; do
        case $prefix:${folder#"$prefix"/} in
        */usr:*/* | */usr/local:*/*) ;;
        */usr:* | */usr/local:*) break ;;
        esac
        rmdir "$folder" 2>/dev/null || break
        folder=${folder%/*}
    done
done
