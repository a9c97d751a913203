#!/bin/sh
# Sees to a Chromium for the browser tests. Where there is none and none may be installed, they are skipped.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done

as_root=
if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null && as_root="sudo -n"
fi
if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "Browser tests will be skipped: there is no Chromium. Install it (Debian: apt-get install chromium)." >&2
