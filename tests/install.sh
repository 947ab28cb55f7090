#!/bin/sh
# install.sh PACKAGE... - installs what is missing with apt, as root or through
# sudo; without either it prints the line to run and fails.  Nothing missing:
# no network, no root needed.
set -eu
missing=
for package in "$@"; do
	status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
	case $status in
	*'ok installed') ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
	sudo=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	sudo=sudo
elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then
	sudo=sudo
else
	echo "These packages are missing and this user may not install them.  As root, run:" >&2
	echo "    apt-get update && apt-get install -y --no-install-recommends$missing" >&2
	exit 1
fi
echo "installing:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086 # one word a package
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
