#!/usr/bin/env bash
# Writes down what the editors that are tested say they can do, into lsp/testdata/clients: each is given a file to open
# and the server of this tree, with record.py between them. VS Code is not among them: it was recorded in a browser, with an extension of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
clients=$PWD/lsp/testdata/clients work=$(readlink -f "$(mktemp -d)")
trap 'rm -rf "$work"' EXIT
go build -o "$work/pyodide-ls" ./cmd/pyodide-ls
export PYODIDE_LS_CHECK=$work/pyodide-ls PYODIDE_LS_BROWSER=none

record() { # editor, program, how its name begins
  local version
  version=$("$2" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -1)
  local name=$1-$version
  export PYODIDE_LS_RECORD=$work/$name.json
  if [ "$1" = neovim ]; then
    editors/neovim/test/run.sh "$2" scripts/editors/record.py setup >"$work/log" 2>&1 || true
  else
    editors/test/run.sh "$1" "$2" scripts/editors/record.py >"$work/log" 2>&1 || true
  fi
  [ -s "$PYODIDE_LS_RECORD" ] || { cat "$work/log" >&2; echo "$name said nothing" >&2; exit 1; }
  { printf '{"recorded": "%s %s as Debian has it", "params": ' "$1" "$version" && cat "$PYODIDE_LS_RECORD" && echo '}'; } |
    python3 -m json.tool --no-ensure-ascii --indent 2 >"$clients/$name.json"
  echo "$name"
}

mkdir -p "$clients"
for at in neovim:trixie:nvim neovim:sid:nvim emacs:bookworm:emacs emacs:trixie:emacs helix:trixie:hx helix:sid:hx; do
  IFS=: read -r editor suite program <<<"$at"
  scripts/editors/get.sh "$editor" "$suite" ".cache/$editor"
  record "$editor" "$PWD/.cache/$editor/$suite/$program"
done
if command -v nvim >/dev/null; then record neovim "$(command -v nvim)"; fi
