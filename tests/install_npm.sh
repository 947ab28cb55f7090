#!/bin/sh
# install_npm.sh - what the tests need from npm, into tests/node_modules.
# Nothing to do where that matches package-lock.json.  Without npm or without
# its registry the tests that need it are skipped: that is said, and is no failure.
set -u
cd "$(dirname "$0")" || exit 0
stamp=node_modules/.installed-lock
cmp -s package-lock.json "$stamp" && exit 0
if ! command -v npm >/dev/null 2>&1; then
	echo "npm is missing: the tests of pages, of the CommonMark specification and of YAML will be skipped" >&2
	exit 0
fi
rm -f "$stamp"
if npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >&2; then
	cp package-lock.json "$stamp" || true
else
	echo "npm could not install tests/package.json: the tests of pages, of the CommonMark specification and of YAML will be skipped" >&2
fi
exit 0
