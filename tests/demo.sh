#!/bin/sh
# demo.sh QUERN - what `make demo` shows: the main job on content/, on the
# screen as Markdown and as pages in build/demo/.
set -eu
cd "$(dirname "$0")/.."
quern=$1
pages=build/demo

for plugin in speakers timeline summary; do
	printf '\n$ quern run %s content/\n\n' "$plugin"
	"$quern" run "$plugin" content/ -t markdown -o "$pages/$plugin.md" 2>"$pages.log" || {
		cat "$pages.log" >&2
		exit 1
	}
	head -n 24 "$pages/$plugin.md"
	lines=$(wc -l <"$pages/$plugin.md")
	[ "$lines" -le 24 ] || echo "... $((lines - 24)) more lines in $pages/$plugin.md"
done

"$quern" run speakers,timeline,summary content/ -t html -o "$pages/" 2>"$pages.log" || {
	cat "$pages.log" >&2
	exit 1
}
printf '\nThe same as pages, to open in a browser:\n'
for plugin in speakers timeline summary; do
	echo "  $pages/$plugin.html"
done
