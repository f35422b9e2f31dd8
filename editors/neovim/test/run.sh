#!/usr/bin/env bash
# Usage: run.sh NVIM SERVER [enable|setup]
# Tests the plugin and the program SERVER ("pyodide-ls") in the editor NVIM, headless. The third word says
# how the client is set up; without it that is setup(), and then vim.lsp.enable where it is there.
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

work=$(readlink -f "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
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
chmod +x "$work/bin/pyodide-ls"
touch "$work/started" "$work/ended"

editor() { # the file with the checks; further variables stand before it
  env XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" XDG_STATE_HOME="$work/state" \
    XDG_CACHE_HOME="$work/cache" XDG_RUNTIME_DIR="$work/run" PATH="$work/bin:$PATH" \
    PYODIDE_LS_WAY="$way" PYODIDE_LS_DIR="$work/files" "${@:2}" \
    timeout 120 "$nvim" --headless -n -i NONE -u "$here/init.lua" -c "luafile $here/$1" \
    </dev/null 2>"$work/stderr"
}

failed=0
check() { # name, whether it held, what there is instead
  if "$2"; then echo "ok - $1"; else
    failed=1
    printf 'not ok - %s\n  # got: %s\n' "$1" "$3"
  fi
}

checks() {
  editor e2e.lua || failed=1
  # The editor does not wait for them, and one that hangs must not hang this.
  for ((i = 0; i < 50; i++)); do
    [ "$(wc -l <"$work/started")" = "$(wc -l <"$work/ended")" ] && break
    sleep 0.1
  done
  started=$(wc -l <"$work/started") ended=$(tr '\n' ' ' <"$work/ended")
  held=false
  [ "$started" = 3 ] && [ "$ended" = "0 0 0 " ] && held=true
  check "the servers ended with the editor, with status 0" "$held" "$started started, ended with $ended"
  [ "$failed" = 0 ] || return 0
  editor missing.lua PYODIDE_LS_CMD=pyodide-ls-that-is-missing || failed=1
}

checks >"$work/report"
cat "$work/report"
if [ "$failed" != 0 ]; then
  echo "# the editor's errors and the end of its log:"
  { cat "$work/stderr" && find "$work" -name lsp.log -exec tail -n 20 {} +; } | cut -c -1000 | sed 's/^/# /'
fi
passed=$(grep -c '^ok ' "$work/report" || true) broken=$(grep -c '^not ok ' "$work/report" || true)
echo "$way: $passed passed, $broken failed"
[ "$failed" = 0 ]
