#!/bin/sh
# usage: witnesses.sh SIGNED_ZONE
# Are the zones that signed_zone writes what it says they are? ldns-verify-zone, dnssec-verify and, where it is installed,
# kzonecheck say yes to them, and no once an address is changed.
set -eu
signed_zone=$1
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
origin=bench.test

for tool in ldns-verify-zone dnssec-verify; do
  command -v "$tool" >/dev/null && continue
  echo "witnesses.sh: no $tool"
  [ -z "${TRUSTWALK_REQUIRE_SERVERS:-}" ] || exit 1
  exit 77
done

say_yes() {
  ldns-verify-zone -k "$1.key" "$1" >"$work/log" 2>&1 && dnssec-verify -q -o "$origin" "$1" >>"$work/log" 2>&1 || return 1
  command -v kzonecheck >/dev/null || return 0
  kzonecheck -o "$origin." -d on "$1" >>"$work/log" 2>&1
}
some_says_yes() {
  ldns-verify-zone -k "$1.key" "$1" >"$work/log" 2>&1 || dnssec-verify -q -o "$origin" "$1" >>"$work/log" 2>&1
}

for wish in '--algorithm 13 --names 2000' '--algorithm 13 --names 2000 --mix' '--algorithm 8 --names 64 --mix'; do
  # shellcheck disable=SC2086 # a list of words
  "$signed_zone" $wish -o "$work/zone"
  say_yes "$work/zone" || { cat "$work/log"; echo "witnesses.sh: refused: $wish"; exit 1; }
  sed 's/10\.0\.0\.16$/10.0.0.17/' "$work/zone" >"$work/changed"
  cp "$work/zone.key" "$work/changed.key"
  ! some_says_yes "$work/changed" || { echo "witnesses.sh: accepted although changed: $wish"; exit 1; }
done
echo 'all accepted, and refused when changed'
