#!/usr/bin/env bash
# Holds every message of the language server against the protocol, as five kinds of editors see it. The
# validator lies beside the repository where CI runs; without it there is nothing to do, and this says so.
set -euo pipefail
tool=../shared/tools/lsp-validate
if [ ! -d "$tool" ]; then
  echo "validate: no protocol validator beside the repository, so its five editors were not played"
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
