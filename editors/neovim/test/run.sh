#!/usr/bin/env bash
# Usage: run.sh NVIM SERVER [enable|setup]
# Tests the plugin and the program SERVER ("pyodide-ls") in the editor NVIM, headless. The third word says
# how the client is set up; without it that is setup(), and then vim.lsp.enable where it is there. The preview
# is tested with setup() alone: what opens it is the same, and a page takes seconds.
# Ends with 0 when all checks held.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=$1 server=$(readlink -f "$2") way=${3-}

if [ -z "$way" ]; then
  rc=0
  "$0" "$nvim" "$server" setup || rc=1
  if "$nvim" --headless -u NONE -i NONE -c 'lua vim.cmd(vim.lsp.enable and "quit" or "cquit")' </dev/null 2>/dev/null; then
    "$0" "$nvim" "$server" enable || rc=1
  fi
  exit "$rc"
fi

# As preview.FindBrowser has it.
browsers=(chromium chromium-browser google-chrome google-chrome-stable)
[ -z "${PYODIDE_LS_BROWSER:-}" ] || browsers=("$PYODIDE_LS_BROWSER")
for name in "${browsers[@]}"; do
  browser=$(command -v "$name") && break
done

work=$(readlink -f "$(mktemp -d)")
close_browser() {
  [ -e "$work/browser" ] || return 0
  pid=$(cat "$work/browser")
  kill "$pid" 2>/dev/null || true
  for ((i = 0; i < 100; i++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  rm "$work/browser"
}
trap 'close_browser; rm -rf "$work"' EXIT
mkdir -p "$work"/{bin,config,data,state,cache,files}
mkdir -m 700 "$work/run"

# The program on PATH notes that it was started, and with what status it ended, which nothing shows of a
# server that outlives its editor.
cat >"$work/bin/pyodide-ls" <<WRAPPER
#!/usr/bin/env bash
echo \$\$ >>"$work/started"
exec 3<&0
"$server" "\$@" <&3 &
trap 'kill -TERM \$!' TERM
exec 3<&- <&-
wait \$!
echo \$? >>"$work/ended"
WRAPPER
# The browser of a person who sits at no screen. What the editor asks it to open is noted; the first makes it start.
cat >"$work/bin/xdg-open" <<WRAPPER
#!/usr/bin/env bash
echo "\$1" >>"$work/files/opened"
[ -e "$work/browser" ] && exit
[ "\$(id -u)" = 0 ] && root=--no-sandbox
"$browser" --headless=new \${root-} --user-data-dir="$work/profile" --no-first-run --disable-gpu --disable-quic \
  --disable-background-networking --disable-component-update "\$1" </dev/null >"$work/browser.log" 2>&1 &
echo \$! >"$work/browser"
WRAPPER
chmod +x "$work"/bin/*
touch "$work/started" "$work/ended"

editor() { # the file with the checks; further variables stand before it
  env XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" \
    XDG_CACHE_HOME="$work/cache" XDG_RUNTIME_DIR="$work/run" PATH="$work/bin:$PATH" \
    PYODIDE_LS_WAY="$way" PYODIDE_LS_DIR="$work/files" "${@:2}" \
    timeout 300 "$nvim" --headless -n -i NONE -u "$here/init.lua" -c "luafile $here/$1" \
    </dev/null 2>"$work/stderr"
}

failed=0
check() { # name, whether it held, what there is instead
  if "$2"; then echo "ok - $1"; else
    failed=1
    printf 'not ok - %s\n  # got: %s\n' "$1" "$3"
  fi
}

check_ended() { # how many servers
  # The editor does not wait for them, and one that hangs must not hang this.
  for ((i = 0; i < 50; i++)); do
    [ "$(wc -l <"$work/started")" = "$(wc -l <"$work/ended")" ] && break
    sleep 0.1
  done
  started=$(wc -l <"$work/started") ended=$(tr '\n' ' ' <"$work/ended")
  held=false
  [ "$started" = "$1" ] && [ -z "${ended//0 /}" ] && held=true
  check "the servers ended with the editor, with status 0" "$held" "$started started, ended with $ended"
}

checks() {
  editor e2e.lua || failed=1
  check_ended 3
  [ "$failed" = 0 ] || return 0
  editor missing.lua PYODIDE_LS_CMD=pyodide-ls-that-is-missing || failed=1
  [ "$way" = setup ] || return 0
  if [ -z "$browser" ]; then
    echo "preview: not tested, there is no Chromium or Chrome here"
    return 0
  fi
  editor preview.lua || failed=1
  check_ended 4
  close_browser
}

checks >"$work/report"
cat "$work/report"
if [ "$failed" != 0 ]; then
  echo "# the editor's errors and the end of its log:"
  { cat "$work/stderr" && find "$work/state" "$work/cache" -name lsp.log -exec tail -n 20 {} +; } | cut -c -1000 | sed 's/^/# /'
fi
passed=$(grep -c '^ok ' "$work/report" || true) broken=$(grep -c '^not ok ' "$work/report" || true)
echo "$way: $passed passed, $broken failed"
[ "$failed" = 0 ]
