#!/usr/bin/env bash
# Usage: get.sh SUITE DIR       for example: get.sh trixie .cache/neovim
# Unpacks the Neovim of another Debian suite, with every library it needs, into DIR/VERSION, and links DIR/SUITE
# to that. The program is DIR/SUITE/nvim. Nothing is installed and no root is needed: apt works on a state of its
# own, with the mirror, the settings and the keys of this machine.
# Enough for --headless and --remote-ui: with that loader the editor cannot start itself again, as it does for a
# terminal. What is there stays for a week; after it, and when there is no network, a version that is there is used again.
set -euo pipefail
suite=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)

works() { "$dir/$suite/nvim" --version >/dev/null 2>&1; }
if works && [ -n "$(find "$dir/$suite/" -maxdepth 0 -mtime -7)" ]; then exit 0; fi
give_up() { # why
  if works; then
    echo "$suite: $1; using the Neovim that is there" >&2
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
: >"$work/apt/status" # knows of no installed package, so all of what nvim needs is listed, libc included
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
version=$(apt-cache show --no-all-versions neovim 2>/dev/null | awk '$1 == "Version:" { print $2; exit }')
[ -n "$version" ] || give_up "this suite has no neovim"
there=$dir/${version//:/_}
if [ ! -x "$there/nvim" ]; then
  mapfile -t packages < <(apt-get install -s --no-install-recommends neovim | awk '$1 == "Inst" { print $2 }')
  # Debian leaves out the parsers that every hover needs from 0.10 on. They are there as sources.
  for name in markdown markdown-inline; do
    apt-cache show "tree-sitter-$name-src" >/dev/null 2>&1 && packages+=("tree-sitter-$name-src")
  done
  # apt-get download checks each package by the sums in the signed lists.
  (cd "$work/debs" && apt-get download -q "${packages[@]}") >"$work/log" 2>&1 ||
    { cat "$work/log" >&2; give_up "a package cannot be had"; }
  root=$work/unpacked/root
  for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$root"; done
  mkdir -p "$root/usr/share/nvim/runtime/parser"
  for src in "$root"/usr/src/tree-sitter/*/*/parser/src; do
    [ -d "$src" ] || continue
    name=$(basename "$(dirname "$(dirname "$(dirname "$src")")")")
    scanner=()
    [ -f "$src/scanner.c" ] && scanner=("$src/scanner.c")
    "${CC:-cc}" -O1 -w -shared -fPIC -I "$src" "$src/parser.c" ${scanner[@]+"${scanner[@]}"} \
      -o "$root/usr/share/nvim/runtime/parser/$name.so"
  done
  lib=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
  cat >"$work/unpacked/nvim" <<WRAPPER
#!/bin/sh
# Started by the loader that belongs to its libraries; what it starts itself runs with those of the system.
root=\$(dirname "\$(readlink -f "\$0")")/root
export VIMRUNTIME="\$root/usr/share/nvim/runtime"
loader=\$(ls "\$root/usr/lib/$lib"/ld-linux*.so.* "\$root"/usr/lib*/ld-linux*.so.* 2>/dev/null | head -1)
exec "\$loader" --library-path "\$root/usr/lib/$lib:\$root/lib/$lib" "\$root/usr/bin/nvim" "\$@"
WRAPPER
  chmod +x "$work/unpacked/nvim"
  "$work/unpacked/nvim" --version >/dev/null || give_up "the Neovim that was unpacked does not run"
  rm -rf "$there"
  mv "$work/unpacked" "$there"
fi
touch "$there"
ln -sfn "$(basename "$there")" "$dir/$suite"
