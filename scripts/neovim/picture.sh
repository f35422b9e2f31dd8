#!/usr/bin/env bash
# Takes editors/neovim/screenshot.png: the newest Neovim that can be had, in a terminal on a screen of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
picture=editors/neovim/screenshot.png
cache=$PWD/.cache/neovim

for tool in Xvfb xterm import fc-list; do
  command -v "$tool" >/dev/null && continue
  [ "$(id -u)" = 0 ] || { echo "picture: no $tool here, and only root can install it" >&2; exit 1; }
  apt-get update -q
  apt-get install -qy --no-install-recommends xvfb xterm imagemagick fontconfig fonts-jetbrains-mono
  break
done
scripts/editors/get.sh neovim sid "$cache"
mkdir -p "$cache/picture"
go build -o "$cache/picture/pyodide-ls" ./cmd/pyodide-ls

work=$(mktemp -d)
processes=()
end() {
  [ "${#processes[@]}" = 0 ] || kill "${processes[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb" &
processes+=("$!")
read -r display <"$work/display"
export DISPLAY=:$display

# An editor without the settings of whoever takes the picture. What the terminal runs is only its screen: with
# a loader of its own the editor cannot start itself a second time, as it does for a terminal.
export XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work XDG_STATE_HOME=$work XDG_CACHE_HOME=$work XDG_RUNTIME_DIR=$work
PATH=$cache/picture:$PATH PICTURE_READY=$work/ready "$cache/sid/nvim" --headless --listen "$work/socket" -n -i NONE \
  -u scripts/neovim/picture.lua testdata/showcase/main.py >"$work/editor" 2>&1 </dev/null &
processes+=("$!")
for ((i = 0; i < 100; i++)); do
  [ -S "$work/socket" ] && break
  sleep 0.1
done
COLORTERM=truecolor xterm -fa 'JetBrains Mono' -fs 11 -geometry 114x36 -b 10 -bg '#1c1c1c' -fg '#bcbcbc' \
  -xrm 'XTerm*directColor: true' -xrm 'XTerm*scrollBar: false' \
  -e "$cache/sid/nvim" --server "$work/socket" --remote-ui >"$work/terminal" 2>&1 &
processes+=("$!")
for ((i = 0; i < 200; i++)); do
  [ -e "$work/ready" ] && break
  sleep 0.1
done
if ! [ -e "$work/ready" ]; then
  cat "$work"/{xvfb,editor,terminal} >&2
  import -window root "$cache/picture/failed.png"
  echo "picture: the findings never came; $cache/picture/failed.png shows what did" >&2
  exit 1
fi

# What the editor has said the terminal may still be drawing.
last=
for ((i = 0; i < 50; i++)); do
  import -window root "$work/screen.png"
  now=$(identify -format '%#' "$work/screen.png")
  [ "$now" = "$last" ] && break
  last=$now
  sleep 0.2
done
convert "$work/screen.png" -trim +repage -strip +dither -colors 200 -define png:compression-level=9 "PNG8:$picture"
size=$(stat -c %s "$picture")
echo "picture: $picture, $((size / 1024)) kB"
[ "$size" -lt 153600 ]
