#!/usr/bin/env bash
# Checks the types of the gallery's Python, folder by folder: each is a program of its own, and several have a main.py.
# What JavaScript and Pyodide give has no types, and neither do the decorators of packages that are not installed.
set -euo pipefail
mypy=$1
folders=$(git ls-files -co --exclude-standard 'gallery/*.py' | xargs -n 1 dirname | sort -u)
status=0
for folder in $folders; do
  pattern=$(cut -d / -f 1-2 <<< "$folder")
  MYPYPATH=gallery/bridge/src:$pattern "$mypy" --strict --ignore-missing-imports --allow-untyped-decorators --no-error-summary \
    --cache-dir .cache/mypy "$folder"/*.py || status=1
done
exit "$status"
