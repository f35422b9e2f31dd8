#!/usr/bin/env bash
# Holds every message of the language server against the protocol, as five kinds of editors see it, and as Neovim,
# Emacs and Helix do. The validator lies beside the repository where CI runs; without it there is nothing to do, and
# this says so.
set -euo pipefail
tool=../shared/tools/lsp-validate
if [ ! -d "$tool" ]; then
  echo "validate: no protocol validator beside the repository, so its five editors were not played, and nobody listened to the real ones"
  exit 0
fi
work=.cache/validate
rm -rf "$work"
mkdir -p "$work/project"
cp -r "$tool" "$work/tool"
chmod -R u+w "$work/tool"
(cd "$work/tool" && npm ci --silent --no-audit --no-fund)
go build -o "$work/pyodide-ls" ./cmd/pyodide-ls
cp testdata/showcase/* "$work/project"
printf 'from js import setTimeout\n\ns = "😀é"; setTimeout(print, 10)  # 😀\nx = (\n' >"$work/project/half.py"
printf 'const s = "😀"; pyodide.runPython("import js; s = \047é\047; js.setTimeout(print, 10)");\nconst half = \140\n' >"$work/project/half.js"
printf '# é 😀\n\n> \140\140\140python\n> from js import setTimeout\n> setTimeout(print, 10)\n> \140\140\140\n' >"$work/project/notes.md"

# play PROFILE LANGUAGE FILE... has an editor of a profile open files of a language.
play() {
  local profile=$1 language=$2 log=$work/$1-$2.txt
  shift 2
  if ! timeout 120 node "$work/tool/drive.mjs" --profile "$profile" --language "$language" --timeout 100000 --settle 300 "$@" -- \
    node "$work/tool/cli.mjs" proxy -- "$work/pyodide-ls" lsp >"$log" 2>&1; then
    cat "$log" >&2
    echo "validate: as $profile, with $language, the server breaks the protocol" >&2
    exit 1
  fi
  echo "validate: $profile, $language: $(grep -h '^lsp-validate: ' "$log" | sed 's/^lsp-validate: //')"
}

for profile in minimal plain push full utf8; do
  play "$profile" python "$work"/project/*.py
done
play full html "$work"/project/*.html
play utf8 javascript "$work"/project/half.js "$work"/project/*.mjs
play push markdown "$work"/project/notes.md

# The real ones, with the validator between each and the server. One that it finds fault with ends with another status
# than the server, which the tests of the editors notice.
cat >"$work/between" <<BETWEEN
#!/usr/bin/env bash
exec node "$PWD/$work/tool/cli.mjs" proxy --report "\$PYODIDE_LS_HEARD.\$\$" -- "$PWD/$work/pyodide-ls" "\$@"
BETWEEN
chmod +x "$work/between"
export PYODIDE_LS_CHECK=$PWD/$work/pyodide-ls

# listen EDITOR SUITE TEST... gets an editor of a Debian suite and runs its test.
listen() {
  local editor=$1 log=$work/$1.txt
  export PYODIDE_LS_HEARD=$PWD/$work/heard-$1
  if ! scripts/editors/get.sh "$editor" "$2" ".cache/$editor" >"$log" 2>&1; then
    echo "validate: $editor: it cannot be had here, so nobody listened to it"
    return
  fi
  shift 2
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    grep -hv '^{"summary"' "$PYODIDE_LS_HEARD".* >&2 || true
    echo "validate: with $editor the server breaks the protocol, or the test fails with the validator between" >&2
    exit 1
  fi
  echo "validate: $editor: $(grep -ho '"client":[0-9]*,"server":[0-9]*' "$PYODIDE_LS_HEARD".* | awk -F '[:,]' '{ n += $2 + $4 } END { print n }') messages, none of them wrong"
}

listening=()
listen neovim sid editors/neovim/test/run.sh "$PWD/.cache/neovim/sid/nvim" "$work/between" enable &
listening+=("$!")
listen emacs trixie editors/test/run.sh emacs "$PWD/.cache/emacs/trixie/emacs" "$work/between" &
listening+=("$!")
listen helix sid editors/test/run.sh helix "$PWD/.cache/helix/sid/hx" "$work/between" &
listening+=("$!")
for one in "${listening[@]}"; do wait "$one"; done
