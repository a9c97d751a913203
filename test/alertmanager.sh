#!/bin/sh
# Fetches a real Alertmanager for its story, which is skipped where there is none. The package is only unpacked, not
# installed: Debian's would start a service.
folder=node_modules/.cache/alertmanager
command -v prometheus-alertmanager >/dev/null && exit 0
[ -x $folder/usr/bin/prometheus-alertmanager ] && exit 0
if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
  rm -rf $folder
  mkdir -p $folder
  (cd $folder && apt-get download -qq prometheus-alertmanager && dpkg-deb -x ./*.deb . && rm ./*.deb) >/dev/null 2>&1 && exit 0
fi
echo "The story of a real Alertmanager will be skipped: there is none (Debian: prometheus-alertmanager)." >&2
