#!/usr/bin/env bash
# Usage: get.sh EDITOR SUITE DIR       for example: get.sh neovim trixie .cache/neovim
# Unpacks an editor (neovim, emacs, helix) of a Debian suite, with every library it needs, into DIR/VERSION, and links
# DIR/SUITE to that. The program is DIR/SUITE/nvim, emacs or hx. Nothing is installed and no root is needed: apt works
# on a state of its own, with the mirror, the settings and the keys of this machine.
# Enough for an editor without a window. Neovim cannot start itself again with that loader, as it does for a terminal.
# What is there stays for a week; after it, and when there is no network, a version that is there is used again.
set -euo pipefail
editor=$1 suite=$2
case $editor in
  neovim) program=nvim packages=(neovim) ;;
  emacs) program=emacs packages=(emacs-nox) ;; # and eglot, which is a part of it from 29 on
  helix) program=hx packages=(hx) ;;
  *) echo "get.sh knows no editor $editor" >&2 && exit 2 ;;
esac
mkdir -p "$3"
dir=$(cd "$3" && pwd)

works() { "$dir/$suite/$program" --version >/dev/null 2>&1; }
if works && [ -n "$(find "$dir/$suite/" -maxdepth 0 -mtime -7)" ]; then exit 0; fi
give_up() { # why
  if works; then
    echo "$suite: $1; using the $editor that is there" >&2
    exit 0
  fi
  echo "$suite: $1" >&2
  exit 1
}

for tool in apt-get dpkg-deb dpkg-architecture; do
  command -v "$tool" >/dev/null || give_up "no $tool here, so this is not Debian or not all of it"
done
# The first main archive of Debian among the sources, not the one of security updates.
# shellcheck disable=SC2016 # the dollars are apt's
mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
  awk '$1 == "Debian" && $2 == "Debian" { print $3; exit }')
[ -n "$mirror" ] || give_up "apt knows no mirror of Debian: it may want apt-get update"

work=$(mktemp -d "$dir/.get-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/apt/{etc/preferences.d,state/lists/partial,cache/archives/partial} "$work"/{debs,unpacked/root}
: >"$work/apt/status" # knows of no installed package, so all of what an editor needs is listed, libc included
# One ring holds the keys of all suites; without it those count that apt trusts anyway.
ring=/usr/share/keyrings/debian-archive-keyring.gpg
if [ -r "$ring" ]; then signed="[signed-by=$ring]"; else signed=; fi
echo "deb $signed $mirror $suite main" >"$work/apt/etc/sources.list"
{
  # Proxies and the like; a machine with a frozen mirror says here that old lists are no fault.
  apt-config dump | grep '^Acquire::' || true
  cat <<CONF
Acquire::AllowInsecureRepositories "false";
Acquire::AllowWeakRepositories "false";
Acquire::Languages { "none"; };
APT::Get::AllowUnauthenticated "false";
APT::Sandbox::User "";
Dir::Etc "$work/apt/etc";
Dir::Etc::Parts "/dev/null";
Dir::Etc::SourceList "sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Netrc "/etc/apt/auth.conf";
Dir::Etc::NetrcParts "/etc/apt/auth.conf.d";
Dir::Etc::Trusted "/etc/apt/trusted.gpg";
Dir::Etc::TrustedParts "/etc/apt/trusted.gpg.d";
Dir::State "$work/apt/state";
Dir::State::Status "$work/apt/status";
Dir::Cache "$work/apt/cache";
CONF
} >"$work/apt/apt.conf"
export APT_CONFIG=$work/apt/apt.conf

apt-get update -q --error-on=any >"$work/log" 2>&1 || { cat "$work/log" >&2; give_up "apt cannot read this suite"; }
version=$(apt-cache show --no-all-versions "${packages[0]}" 2>/dev/null | awk '$1 == "Version:" { print $2; exit }')
[ -n "$version" ] || give_up "this suite has no ${packages[0]}"
there=$dir/${version//:/_}
root=$work/unpacked/root lib=$(dpkg-architecture -qDEB_HOST_MULTIARCH)

# Debian leaves out the parsers that every hover of Neovim needs from 0.10 on. They are there as sources.
parsers() {
  local name src scanner
  mkdir -p "$root/usr/share/nvim/runtime/parser"
  for src in "$root"/usr/src/tree-sitter/*/*/parser/src; do
    [ -d "$src" ] || continue
    name=$(basename "$(dirname "$(dirname "$(dirname "$src")")")")
    scanner=()
    [ -f "$src/scanner.c" ] && scanner=("$src/scanner.c")
    "${CC:-cc}" -O1 -w -shared -fPIC -I "$src" "$src/parser.c" ${scanner[@]+"${scanner[@]}"} \
      -o "$root/usr/share/nvim/runtime/parser/$name.so"
  done
}

# The program is started by the loader that belongs to its libraries; what it starts itself runs with those of the
# system. The shell lines on standard input tell it where the rest of it lies; $root is the folder of all.
wrap() { # the path of the real program in the root, then what it is always told
  {
    echo '#!/bin/sh'
    echo "root=\$(dirname \"\$(readlink -f \"\$0\")\")/root"
    cat
    echo "loader=\$(ls \"\$root\"/usr/lib/$lib/ld-linux*.so.* \"\$root\"/lib/$lib/ld-linux*.so.* \"\$root\"/usr/lib*/ld-linux*.so.* 2>/dev/null | head -1)"
    echo "exec \"\$loader\" --library-path \"\$root/usr/lib/$lib:\$root/lib/$lib\" \"\$root/$1\" ${*:2} \"\$@\""
  } >"$work/unpacked/$program"
  chmod +x "$work/unpacked/$program"
}

if [ ! -x "$there/$program" ]; then
  [ "$editor" = emacs ] && apt-cache show elpa-eglot >/dev/null 2>&1 && packages+=(elpa-eglot)
  mapfile -t needed < <(apt-get install -s --no-install-recommends "${packages[@]}" | awk '$1 == "Inst" { print $2 }')
  if [ "$editor" = neovim ]; then
    for name in markdown markdown-inline; do
      apt-cache show "tree-sitter-$name-src" >/dev/null 2>&1 && needed+=("tree-sitter-$name-src")
    done
  fi
  # apt-get download checks each package by the sums in the signed lists.
  (cd "$work/debs" && apt-get download -q "${needed[@]}") >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; give_up "a package cannot be had"; }
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
  case $editor in
    neovim)
      parsers
      wrap usr/bin/nvim <<'LINES'
export VIMRUNTIME="$root/usr/share/nvim/runtime"
LINES
      ;;
    helix)
      wrap usr/lib/hx/hx <<'LINES'
export HELIX_RUNTIME="$root/usr/lib/hx/runtime"
LINES
      ;;
    emacs) # has to be told of each folder of its libraries, and of its dumped state
      wrap usr/bin/emacs-nox "--dump-file=\"\$dump\"" <<'LINES'
share=$(ls -d "$root"/usr/share/emacs/[0-9]*)
dump=$(find "$root/usr/libexec" "$root/usr/lib" -name '*.pdmp' | head -1)
EMACSLOADPATH=$(find "$share/lisp" "$root"/usr/share/emacs/site-lisp/elpa-src -type d ! -name obsolete 2>/dev/null | tr '\n' ':')
export EMACSLOADPATH EMACSDATA="$share/etc" EMACSDOC="$share/etc"
LINES
      ;;
  esac
  "$work/unpacked/$program" --version >/dev/null || give_up "the $editor that was unpacked does not run"
  rm -rf "$there"
  mv "$work/unpacked" "$there"
fi
touch "$there"
ln -sfn "$(basename "$there")" "$dir/$suite"
