#!/bin/sh
# Fetches PgBouncer and an older PostgreSQL for their stories, which are skipped where there is none. The packages are
# only unpacked, not installed: Debian's would start services.
folder=node_modules/.cache/debian-postgres
has() {
  [ -x "/usr/$1" ] || [ -x "$folder/usr/$1" ]
}
fetch() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && mkdir -p $folder/new || return 1
  (cd $folder/new && apt-get download -qq "$@" && for package in ./*.deb; do dpkg-deb -x "$package" ..; done) >/dev/null 2>&1
  done=$?
  rm -rf $folder/new
  return $done
}

has sbin/pgbouncer || fetch pgbouncer libevent-2.1-7 libc-ares2 ||
  echo "The story of PgBouncer will be skipped: there is none (Debian: pgbouncer)." >&2
has lib/postgresql/15/bin/postgres || fetch postgresql-15 libpq5 ||
  echo "The stories of PostgreSQL 15 will be skipped: there is none (Debian: postgresql-15)." >&2
exit 0
