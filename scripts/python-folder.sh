#!/bin/sh
# Usage: python-folder.sh PREFIX. The folder below PREFIX from which the system's Python 3 takes packages: on Debian and its kin
# lib/python3/dist-packages below /usr and lib/python3.N/dist-packages elsewhere, else lib/python3.N/site-packages.
version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || version=3
kind=site-packages
[ -e /etc/debian_version ] && kind=dist-packages
[ "$1:$kind" = /usr:dist-packages ] && version=3
echo "$1/lib/python$version/$kind"
