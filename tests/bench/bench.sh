#!/bin/sh
# bench.sh BUILD [FOLDER] - start-up, one document, loading stage by stage, and
# the plugins, over content/ or over every Markdown file of FOLDER; what the
# walls around plugins, archives and a change that is watched cost.
set -eu
cd "$(dirname "$0")/../.."
build=$1
folder=${2:-content}
process="python3 tests/bench/process.py"
one=$(mktemp --suffix=.md)
trap 'rm -f "$one"' EXIT INT TERM

# one document of about 8 KB: Korean prose, a table, links, images
cat content/2025-03-15-haemil-4th-seminar.md >"$one"
printf '\n\n' >>"$one"
tail -n +8 content/2024-09-07-busan-exchange-day.md >>"$one"

echo "one document of $(wc -c <"$one") bytes, whole processes"
$process "quern --version" -- "$build/quern" --version :: \
	"quern show -t json, 8 KB" -- "$build/quern" show -t json "$one" :: \
	"quern show -t html, 8 KB" -- "$build/quern" show -t html "$one" :: \
	"quern run summary, 8 KB" -- "$build/quern" run summary "$one" :: \
	"quern run speakers, 8 KB" -- "$build/quern" run speakers "$one"

echo
echo "loading, $folder"
find "$folder" -name '*.md' -type f -size -256k | sort | head -n 2000 | tr '\n' '\0' | xargs -0 "$build/bench/bench_load"

echo
echo "plugins, $folder, whole processes"
for plugin in summary timeline speakers; do
	$process -n 5 "quern run $plugin -t json" -- "$build/quern" run $plugin -t json "$folder" | tail -n 1
done
$process -n 5 "quern show -t json" -- "$build/quern" show -t json "$folder" | tail -n 1

echo
echo "plugins in units of loading, processor time"
python3 tests/bench/ratio.py "$build/quern" "$folder"

echo
echo "the walls, processor time"
python3 tests/bench/walls.py "$build/quern"
python3 tests/bench/walls.py -n 7 --each "$build/quern"

echo
echo "archives"
python3 tests/bench/inputs.py "$build/quern"

echo
echo "watching"
python3 tests/bench/watch.py "$build/quern" 100 1000 10000
