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
cp testdata/showcase/*.py "$work/project"
printf 'from js import setTimeout\n\ns = "😀é"; setTimeout(print, 10)  # 😀\nx = (\n' >"$work/project/half.py"
for profile in minimal plain push full utf8; do
  log=$work/$profile.txt
  if ! timeout 120 node "$work/tool/drive.mjs" --profile "$profile" --timeout 100000 --settle 300 "$work"/project/*.py -- \
    node "$work/tool/cli.mjs" proxy -- "$work/pyodide-ls" lsp >"$log" 2>&1; then
    cat "$log" >&2
    echo "validate: as $profile the server breaks the protocol" >&2
    exit 1
  fi
  echo "validate: $profile: $(grep -h '^lsp-validate: ' "$log" | sed 's/^lsp-validate: //')"
done
