#!/bin/sh
# A package on a clean system: lintian, installed with nothing but what it asks for, used, purged, and nothing left of it.
# usage: install.sh PACKAGE.deb (as root). TRUSTWALK_BASE: a bare Debian 12 to copy; without it debootstrap makes one.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
package=$1
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/trustwalk-package.XXXXXX")
root=$folder/root

main() {
  trap clean EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if command -v lintian >/dev/null; then lintian --allow-root --fail-on error,warning "$package"; fi
  make_system
  inside apt-get update -q
  quietly apt-get install -q -y --no-install-recommends man-db  # no part of a bare system
  state before
  cp "$package" "$root/var/tmp/trustwalk.deb"
  quietly apt-get install -q -y --no-install-recommends /var/tmp/trustwalk.deb
  rm "$root/var/tmp/trustwalk.deb"
  use
  quietly apt-get purge -q -y trustwalk
  quietly apt-get autoremove -q -y --purge
  state after
  # What apt and the caches of man and ldconfig keep of any installation is not ours.
  diff "$folder/before" "$folder/after" || die "purging leaves these files, or takes away others"
  printf 'package: %s installs on a bare Debian %s, works, and goes without a trace\n' "$(basename "$package")" "$(cat "$root/etc/debian_version")"
}

make_system() {
  if [ -n "${TRUSTWALK_BASE:-}" ]; then
    cp -a --reflink=auto "$TRUSTWALK_BASE" "$root"
  else
    debootstrap --variant=minbase bookworm "$root" "${TRUSTWALK_MIRROR:-http://deb.debian.org/debian}" >"$folder/log" || die "debootstrap failed"
  fi
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
}

# What a user does first.
use() {
  inside trustwalk --version
  world=$top/fixtures/guide-expired
  cp "$world/evidence.json" "$root/var/tmp/evidence.json"
  now=$(sed -n 's/.*"now": "\([^"]*\)".*/\1/p' "$world/expect.json")
  expect 11 trustwalk replay /var/tmp/evidence.json --at "$now" --format svg -o /var/tmp/chain.svg
  grep -q '</svg>' "$root/var/tmp/chain.svg" || die "no picture"
  expect 11 trustwalk replay /var/tmp/evidence.json --at "$now"
  # An IDN: libidn2 comes with a recommendation, and without it such names are refused and no others.
  expect 3 check_trustwalk -V
  for page in trustwalk check_trustwalk trustwalk-json trustwalk-findings trustwalk.toml; do inside man -w "$page"; done
  for file in share/trustwalk/verdict-1.schema.json share/bash-completion/completions/trustwalk \
    share/zsh/vendor-completions/_trustwalk share/fish/vendor_completions.d/trustwalk.fish share/trustwalk/monitoring; do
    [ -e "$root/usr/$file" ] || die "not installed: $file"
  done
  rm "$root/var/tmp/evidence.json" "$root/var/tmp/chain.svg"
}

inside() { LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@"; }

quietly() { inside "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; die "$*"; }; }

expect() {
  wanted=$1
  shift
  status=0
  inside "$@" || status=$?
  [ "$status" -eq "$wanted" ] || die "$*: status $status, not $wanted"
}

state() {
  (cd "$root" && find etc usr opt var -xdev \( -path var/lib/apt -o -path var/lib/dpkg -o -path var/cache -o -path var/log \) -prune \
    -o -print | grep -v -e '^etc/ld.so.cache$' -e '^etc/resolv.conf$' | sort) >"$folder/$1"
}

clean() {
  for place in dev proc; do
    if mountpoint -q "$root/$place"; then umount "$root/$place"; fi
  done
  # Never through a mount that would not go.
  rm -rf --one-file-system "$folder"
}

die() {
  printf 'package: %s\n' "$*" >&2
  exit 1
}

main
