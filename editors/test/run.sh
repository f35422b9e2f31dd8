#!/usr/bin/env bash
# Usage: run.sh emacs|helix PROGRAM SERVER
# Tests the set-up of the editor's README and the program SERVER ("pyodide-ls") in the editor PROGRAM, on no screen. Ends
# with 0 when all checks held. With PYODIDE_LS_MISTAKEN=1 they expect something else everywhere, so that none may.
# PYODIDE_LS_CHECK is the program whose "check --fix" is compared with, if SERVER is another; PYODIDE_LS_PYTHON is one
# with pyte, for Helix. Neovim has a test of its own, with its plugin.
set -euo pipefail
editor=$1 program=$(readlink -f "$2") server=$(readlink -f "$3")
PYODIDE_LS_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
test=$PYODIDE_LS_ROOT/editors/$editor/test
work=$(readlink -f "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{bin,home,files/.git}
echo 'ref: refs/heads/main' >"$work/files/.git/HEAD"
PYODIDE_LS_DIR=$work/files
export PYODIDE_LS_ROOT PYODIDE_LS_DIR

# The program on PATH notes that it was started, and with what status it ended. An editor may kill what it started with
# all that belongs to it, so the server belongs to nobody.
cat >"$work/bin/pyodide-ls" <<WRAPPER
#!/usr/bin/env bash
exec setsid --fork --wait bash -c 'echo \$\$ >>"$work/started"; "$server" "\$@"; echo \$? >>"$work/ended"' bash "\$@"
WRAPPER
chmod +x "$work/bin/pyodide-ls"
touch "$work/started" "$work/ended"

# The emoji is four bytes, two UTF-16 units and one character, and so is the letter of a mathematician: a server and an
# editor that do not agree on what a column is show it on this line.
cat >"$work/files/bridge.py" <<'PYTHON'
import time

from js import document, setTimeout


def tick(*args):
    print("tick")


document.title = "Tides"
names = "😀é𝒳"; setTimeout(tick, 10)
time.sleep(2)
PYTHON
printf 'import js\n\njs.setTimeout(print, 1)\n' >"$work/files/two.py"

# What "check --fix" makes of a file is what an editor must make of it. It ends with 1, for something is left.
for name in bridge two; do
  mkdir "$work/fixed"
  cp "$work/files/$name.py" "$work/fixed"
  "${PYODIDE_LS_CHECK:-$server}" check --fix "$work/fixed" >/dev/null 2>&1 || true
  mv "$work/fixed/$name.py" "$work/files/$name-fixed.py"
  rmdir "$work/fixed"
done

failed=0
check_ended() { # how many servers
  local started ended wanted=$(($1 + ${PYODIDE_LS_MISTAKEN:-0}))
  # The editor does not wait for them, and one that hangs must not hang this.
  for ((i = 0; i < 50; i++)); do
    [ "$(wc -l <"$work/started")" = "$(wc -l <"$work/ended")" ] && break
    sleep 0.1
  done
  started=$(wc -l <"$work/started") ended=$(tr '\n' ' ' <"$work/ended")
  if [ "$started" = "$wanted" ] && [ -n "$ended" ] && [ -z "${ended//0 /}" ]; then
    echo "ok - the server ended with the editor, with status 0"
  else
    failed=1
    printf 'not ok - the server ended with the editor, with status 0\n  # got: %s started, ended with %s\n' "$started" "$ended"
  fi
}

# The one has no screen, and is told what nobody does; the other is in a terminal that nobody sees, and has the README's
# settings.
edits() {
  case $editor in
    emacs) "$program" --batch -Q -l "$test/e2e.el" ;;
    helix)
      mkdir -p "$work/home/helix"
      awk '/^```toml$/ { inside = 1; next } /^```$/ { if (inside) exit } inside' "$test/../README.md" >"$work/home/helix/languages.toml"
      cat >"$work/bin/selected" <<SELECTED
#!/bin/sh
cat >"$work/files/part" && mv "$work/files/part" "$work/files/selected"
SELECTED
      chmod +x "$work/bin/selected"
      "${PYODIDE_LS_PYTHON:-$PYODIDE_LS_ROOT/.cache/venv/bin/python}" "$test/e2e.py" "$program"
      ;;
    *) echo "run.sh knows no editor $editor" >&2 && exit 2 ;;
  esac
}

cd "$work/files"
(
  export HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_CACHE_HOME=$work/home XDG_STATE_HOME=$work/home
  export PATH=$work/bin:$PATH TERM=xterm-256color LC_ALL=C.UTF-8
  edits
) </dev/null >"$work/report" 2>"$work/stderr" || failed=1
check_ended 1 >>"$work/report"

cat "$work/report"
if [ "$failed" != 0 ]; then
  echo "# what the editor wrote:"
  { tail -n 40 "$work/stderr" && find "$work/home" -name helix.log -exec tail -n 20 {} +; } | cut -c -1000 | sed 's/^/# /'
fi
passed=$(grep -c '^ok ' "$work/report" || true) broken=$(grep -c '^not ok ' "$work/report" || true)
echo "checks: $passed passed, $broken failed"
[ "$failed" = 0 ]
