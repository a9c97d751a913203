#!/bin/sh
# Installs a Chromium for the browser tests, which are skipped where there is none and it can't be installed.
# The headless shell opens a page in a third of the time. It is installed beside another Chromium only for root, which
# means a container or a machine for tests.
has() {
  for name in "$@"; do
    command -v "$name" >/dev/null && return 0
  done
  return 1
}
any="chromium chromium-browser google-chrome"

has chromium-headless-shell && exit 0
[ "$(id -u)" != 0 ] && has $any && exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null && as_root="sudo -n"
fi
if has apt-get && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq || true
  for package in chromium-headless-shell chromium; do
    has $any && [ $package = chromium ] && exit 0
    $as_root apt-get install -y -qq --no-install-recommends $package >/dev/null && exit 0
  done
fi
has $any || echo "Browser tests will be skipped: there is no Chromium. Install it (Debian: apt-get install chromium)." >&2
