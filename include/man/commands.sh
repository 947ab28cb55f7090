#!/bin/sh
# commands.sh QUERN PAGE - prints the manual page with its line ".\" COMMANDS"
# replaced by every subcommand and option that the program tells of itself, so
# that page and program never differ.  mdoc(7) on standard output.
set -eu
quern=$1 page=$2

# Text for roff: no line begins a request, no backslash escapes, quotes stay.
describe() {
	"$quern" help "$1" | awk -v name="$1" '
	function roff(s) { gsub(/\\/, "\\e", s); gsub(/-/, "\\-", s); return s }
	# A sentence begins a line, no line is longer than 76, and none begins a request.
	function say(s,   n, i, w, line, last) {
		n = split(s, w, " ")
		for (i = 1; i <= n; i++) {
			if (line != "" && (length(line) + length(w[i]) > 75 || last ~ /[.]$/)) { print line; line = "" }
			if (line == "" && w[i] ~ /^[.\x27]/) line = "\\&"
			last = w[i]
			line = (line == "" || line == "\\&") ? line roff(w[i]) : line " " roff(w[i])
		}
		if (line != "") print line
	}
	function word(s) { gsub(/"/, "\\(dq", s); return "\"" roff(s) "\"" }
	function end_item() { if (text != "") say(text); text = "" }
	/^usage: / {
		sub(/^usage: quern /, "")
		print ".Ss quern " $1
		rest = substr($0, length($1) + 2)
		print ".Nm quern " $1 (rest != "" ? " " word(rest) : "")
		next
	}
	/^  +-/ && match($0, /  +[^ ]/) {
		line = $0
		sub(/^ +/, "", line)
		at = match(line, /  +/)
		head = substr(line, 1, at - 1)
		end_item()
		if (!listed) { print ".Bl -tag -width Ds"; listed = 1 }
		n = split(head, part, ", ")
		item = ""
		for (i = 1; i <= n; i++) {
			m = split(part[i], w, " ")
			sub(/^-/, "", w[1])
			item = item (i > 1 ? " , " : "") "Fl " roff(w[1])
			if (m > 1) item = item " Ar " w[2]
		}
		print ".It " item
		text = substr(line, at + RLENGTH)
		next
	}
	listed && /^ / { sub(/^ +/, " "); text = text $0; next }
	/^$/ { pending = !listed && seen; next }
	{ if (pending || !seen) { end_item(); print ".Pp" } pending = 0; seen = 1; text = text " " $0; next }
	END { end_item(); if (listed) print ".El" }'
}

while IFS= read -r line; do
	if [ "$line" != '.\" COMMANDS' ]; then
		printf '%s\n' "$line"
		continue
	fi
	for name in $("$quern" help | awk '/^  quern [a-z]/ { print $2 }'); do
		describe "$name"
	done
done < "$page"
