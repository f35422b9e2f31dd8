#!/usr/bin/env bash
# Fails, and names the files, when Go code is not formatted.
set -euo pipefail
unformatted=$(git ls-files -co --exclude-standard '*.go' | while IFS= read -r f; do [ -f "$f" ] && gofmt -l "$f"; done)
if [ -n "$unformatted" ]; then
  echo "gofmt -w these:" >&2
  echo "$unformatted" >&2
  exit 1
fi
