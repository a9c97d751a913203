#!/usr/bin/env bash
# Installs the package in an empty folder as a plain user and uses it there: demo, a report that becomes a card, serve.
#   deploy/npm/try.sh tocsin-0.1.0.tgz [FOLDER_OF_NODE]
# Needs npm and its registry, and takes a few minutes. Started by root, it goes on as nobody.
set -euo pipefail
package=$(realpath "${1:?the package, as npm pack wrote it}")
[ -z "${2:-}" ] || PATH=$(realpath "$2"):$PATH

if [ "$(id -u)" = 0 ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  cp "$package" "$0" "$folder" && chmod -R a+rX "$folder" && chown nobody "$folder"
  cd "$folder"
  setpriv --reuid nobody --regid nogroup --clear-groups --no-new-privs \
    env HOME="$folder/home" TRIED_IN="$folder/empty" \
    bash "$folder/$(basename "$0")" "$folder/$(basename "$package")"
  exit
fi

mkdir -p "$HOME" "${TRIED_IN:=$(mktemp -d)}"
cd "$TRIED_IN"
running=
trap '[ -z "$running" ] || kill "$running"' EXIT
say() { echo "$(date +%T) $*"; }
# Runs its arguments every second until they succeed, at most five minutes.
eventually() {
  for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 1; done
  echo "This did not succeed within five minutes: $*" >&2
  return 1
}
# Ends the program in the background, which npx started.
stop() { kill "$running"; wait "$running" || true; running=; }
fact() { node -p "JSON.parse(require('fs').readFileSync('facts.json', 'utf8')).$1"; }
has_card() {
  curl -fsS "$(fact slackUrl)_control/messages" -H 'content-type: application/json' \
    -d '{"channel": "security", "contains": "Unpacked and awake"}' | grep -q 'Unpacked and awake'
}
has_console() {
  local page script
  page=$(curl -fsS http://127.0.0.1:4567/)
  script=$(grep -o '/assets/index-[^"]*\.js' <<<"$page" | head -1)
  [ -n "$script" ] && curl -fsS -o /dev/null "http://127.0.0.1:4567$script"
}

say "node $(node --version), user $(id -un), $(pwd)"
npm install --no-fund --no-audit --loglevel=error "$package"
say "installed $(du -sh node_modules | cut -f1): tocsin $(npx tocsin --version)"

PORT=0 SIMULATOR_PORT=0 npx tocsin demo --json >facts.json & running=$!
eventually test -s facts.json
say "demo: $(fact consoleUrl)"
npx tocsin send --url "$(fact sources.native.url)" --key "$(fact sources.native.key)" \
  --title "Unpacked and awake" --severity CRITICAL
eventually has_card
say "a report is a card in the simulator"
stop

PORT=4567 npx tocsin serve >serve.txt 2>serve.log & running=$!
eventually curl -fsS http://127.0.0.1:4567/readyz
say "serve: $(cat serve.txt)"
has_console
say "the Console is served"
stop
