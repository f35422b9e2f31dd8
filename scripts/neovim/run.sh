#!/usr/bin/env bash
# Runs editors/neovim/test with the server of this tree in the Neovim of this machine, or Debian's if there is
# none, and in those of two further Debian suites. Says so when one of them cannot be had; fails when one that
# can be had fails, or when the tests do not notice a server that finds nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cache=$PWD/.cache/neovim
export PYODIDE_LS_CACHE=${PYODIDE_LS_CACHE:-$PWD/.cache/pyodide-ls}
mkdir -p "$cache/reports"
rm -f "$cache"/reports/*

for suite in trixie sid; do # 0.10 and 0.12
  scripts/neovim/get.sh "$suite" "$cache" 2>"$cache/reports/$suite.get" &
done
if ! command -v nvim >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -q && apt-get install -qy neovim; } >"$cache/reports/path.get" 2>&1 || true
fi
go build -o "$cache/pyodide-ls" ./cmd/pyodide-ls
wait

failed=0 newest=
declare -A started
for name in path trixie sid; do
  nvim=$cache/$name/nvim
  [ "$name" = path ] && nvim=$(command -v nvim || true)
  if ! [ -x "$nvim" ]; then
    echo "neovim ($([ "$name" = path ] && echo "on PATH" || echo "Debian $name")): not tested, it cannot be had here"
    { tail -n 5 "$cache/reports/$name.get" 2>/dev/null || true; } | sed 's/^/  /'
    continue
  fi
  newest=$nvim
  editors/neovim/test/run.sh "$nvim" "$cache/pyodide-ls" >"$cache/reports/$name" 2>&1 &
  started[$name]=$!
done

for name in path trixie sid; do
  [ -n "${started[$name]-}" ] || continue
  rc=0
  wait "${started[$name]}" || rc=$?
  report=$cache/reports/$name nvim=$cache/$name/nvim
  [ "$name" = path ] && nvim=nvim
  version=$("$nvim" --version | head -1)
  grep -E '^[a-z]+: ' "$report" | sed "s/^/$version, /" || true
  [ "$rc" = 0 ] && continue
  failed=1
  grep -vE '^ok |^[a-z]+: ' "$report" | sed 's/^/  /'
done

if [ -n "$newest" ] && PYODIDE_LS_PATIENCE=500 \
  editors/neovim/test/run.sh "$newest" editors/neovim/test/silent.sh setup >"$cache/reports/silent" 2>&1; then
  echo "neovim: the tests pass with a server that finds nothing" >&2
  failed=1
fi
exit "$failed"
