#!/usr/bin/env bash
# A language server that agrees to everything and says nothing: with it the tests must fail.
export LC_ALL=C # the sizes are in bytes
while :; do
  size=0
  while IFS= read -r line && [ "$line" != $'\r' ]; do
    case $line in Content-Length:*) size=${line//[!0-9]/} ;; esac
  done
  [ "$size" -gt 0 ] && IFS= read -rN "$size" body || exit 1
  case $body in *'"method":"exit"'*) exit 0 ;; esac
  if [[ $body =~ \"id\":([0-9]+) ]]; then
    answer='{"jsonrpc":"2.0","id":'${BASH_REMATCH[1]}',"result":null}'
    case $body in *'"method":"initialize"'*) answer=${answer/null/'{"capabilities":{"textDocumentSync":2,"hoverProvider":true}}'} ;; esac
    printf 'Content-Length: %d\r\n\r\n%s' "${#answer}" "$answer"
  fi
done
