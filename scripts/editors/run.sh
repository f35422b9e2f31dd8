#!/usr/bin/env bash
# Usage: run.sh neovim|emacs|helix
# Runs editors/EDITOR/test with the server of this tree in the editor of this machine, if there is one, and in those of
# two Debian suites. Says so when one of them cannot be had; fails when one that can be had fails, or when the tests do
# not notice a server that finds nothing, or a person who expects something else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
editor=$1
case $editor in
  neovim) program=nvim suites=(trixie sid) way=setup ;; # 0.10 and 0.12
  emacs) program=emacs suites=(bookworm trixie) ;; # 28 and 30
  helix) program=hx suites=(trixie sid) ;; # 25.01 and 25.07
  *) echo "run.sh knows no editor $editor" >&2 && exit 2 ;;
esac
cache=$PWD/.cache/$editor
export PYODIDE_LS_CACHE=${PYODIDE_LS_CACHE:-$PWD/.cache/pyodide-ls}
mkdir -p "$cache/reports"
rm -f "$cache"/reports/*

for suite in "${suites[@]}"; do
  scripts/editors/get.sh "$editor" "$suite" "$cache" 2>"$cache/reports/$suite.get" &
done
if [ "$editor" = neovim ] && ! command -v nvim >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -q && apt-get install -qy neovim; } >"$cache/reports/path.get" 2>&1 || true
fi
go build -o "$cache/pyodide-ls" ./cmd/pyodide-ls
export PYODIDE_LS_CHECK=$cache/pyodide-ls
wait

check() { # the program of the editor, that of the server
  case $editor in
    neovim) editors/neovim/test/run.sh "$@" ;;
    *) editors/test/run.sh "$editor" "$@" ;;
  esac
}

failed=0 newest=
declare -A started
for name in path "${suites[@]}"; do
  path=$cache/$name/$program
  [ "$name" = path ] && path=$(command -v "$program" || true)
  if ! [ -x "$path" ]; then
    [ "$name" = path ] && [ "$editor" != neovim ] && continue
    echo "$editor ($([ "$name" = path ] && echo "on PATH" || echo "Debian $name")): not tested, it cannot be had here"
    { tail -n 5 "$cache/reports/$name.get" 2>/dev/null || true; } | sed 's/^/  /'
    continue
  fi
  newest=$path
  check "$path" "$cache/pyodide-ls" >"$cache/reports/$name" 2>&1 &
  started[$name]=$!
done
if [ -n "$newest" ]; then
  PYODIDE_LS_PATIENCE=500 check "$newest" editors/test/silent.sh ${way:+"$way"} >"$cache/reports/silent" 2>&1 &
  silent=$!
fi
if [ -n "$newest" ] && [ "$editor" != neovim ]; then
  PYODIDE_LS_MISTAKEN=1 PYODIDE_LS_PATIENCE=500 check "$newest" "$cache/pyodide-ls" >"$cache/reports/mistaken" 2>&1 &
  mistaken=$!
fi

for name in path "${suites[@]}"; do
  [ -n "${started[$name]-}" ] || continue
  rc=0
  wait "${started[$name]}" || rc=$?
  report=$cache/reports/$name path=$cache/$name/$program
  [ "$name" = path ] && path=$program
  version=$("$path" --version 2>/dev/null | head -1)
  grep -E '^[a-z]+: ' "$report" | sed "s/^/$version, /" || true
  [ "$rc" = 0 ] && continue
  failed=1
  grep -vE '^ok |^[a-z]+: ' "$report" | sed 's/^/  /'
done

[ -n "$newest" ] || exit "$failed"
if wait "$silent"; then
  echo "$editor: the tests pass with a server that finds nothing" >&2
  failed=1
fi
if [ -n "${mistaken-}" ] && { wait "$mistaken" || true; } &&
  ! grep -q '^checks: 0 passed, [1-9]' "$cache/reports/mistaken"; then
  echo "$editor: what is not as somebody expects passes:" >&2
  grep '^ok' "$cache/reports/mistaken" | sed 's/^/  /' >&2
  failed=1
fi
exit "$failed"
