#!/bin/sh
# Runs Vigie, from this clone, for the folder it is called in: its .env and .env.healthchecks (which wins) are the
# environment of the server, its ./data holds what the server keeps.
#   start-vigie.sh [up]        starts it, waits until it is ready, makes the checks of .env.healthchecks, sums up
#   start-vigie.sh down        stops it
#   start-vigie.sh logs [-f]   what it wrote last
#   start-vigie.sh ps          whether it runs, and where
# With --compose [file] first, or VIGIE_COMPOSE=file, the same words go to docker compose, which runs the file's project
# in place of this clone; the two files are its --env-file. Without a file: docker-compose.healthchecks.yml of the folder,
# else the compose.yaml of this clone.
# Exit codes: 0 done, 1 failed (ps: it does not run), 2 the command line makes no sense.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
state=data/start-vigie
pidfile=$state/pid
log=$state/log
# Seconds that a start and a stop may take; a stop answers what is under way first.
start_within=60
stop_within=20

fail() {
  echo "start-vigie: $1" >&2
  exit 1
}

# Node.js with the two files as its environment; what is set already wins over both.
node_here() {
  "$root/node_modules/.bin/node" --env-file-if-exists=.env --env-file-if-exists=.env.healthchecks "$@"
}

vigie() {
  VIGIE_URL=$(url) node_here "$root/apps/cli/src/main.ts" "$@"
}

# The process id of the server of this folder, if it runs. Another program may have got the number since.
pid() {
  [ -s "$pidfile" ] || return 1
  number=$(cat "$pidfile")
  kill -0 "$number" 2>/dev/null || return 1
  case $(ps -o args= -p "$number") in
  *"$root/apps/server/src/main.ts"*) echo "$number" ;;
  *) return 1 ;;
  esac
}

# Where it takes pings, once it said so.
url() {
  sed -n 's/.*"url":"\([^"]*\)".*"msg":"Vigie takes pings".*/\1/p' "$log" 2>/dev/null | tail -n 1
}

ready() {
  [ -n "$(url)" ] && "$root/node_modules/.bin/node" --eval \
    'fetch(`${process.argv[1]}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))' "$(url)"
}

install() {
  command -v node >/dev/null || fail 'Node.js 20 or newer is needed'
  node "$root/scripts/install.js"
  PATH="$root/node_modules/.bin:$PATH" node "$root/scripts/build-web.js"
}

# The server lives on when the terminal that started it is closed.
launch() {
  : >"$log"
  nohup "$root/node_modules/.bin/node" --env-file-if-exists=.env --env-file-if-exists=.env.healthchecks \
    "$root/apps/server/src/main.ts" >>"$log" 2>&1 </dev/null &
  echo $! >"$pidfile"
}

await_ready() {
  waited=0
  until ready; do
    if ! pid >/dev/null || [ "$waited" -ge "$start_within" ]; then
      cat "$log" >&2
      stop
      fail "the server did not become ready; $log says why"
    fi
    sleep 1
    waited=$((waited + 1))
  done
}

synchronise() {
  if grep -Eq '^[[:space:]]*(export[[:space:]]+)?HC_CHECK_' .env.healthchecks 2>/dev/null; then
    vigie ensure --env-file .env.healthchecks --text
  else
    echo ".env.healthchecks names no checks: $(command_line) setup makes the 14 of a SaaS back end"
  fi
}

command_line() {
  echo "VIGIE_URL=$(url) $root/apps/cli/src/main.ts"
}

summary() {
  echo
  echo "Vigie runs at $(url) (process $(pid)); its log: $log"
  admin
  # Its exit code says what hurts, which is no failure of the start.
  vigie status --text || true
}

admin() {
  link=$(sed -n "s/^Make the admin's account within 24 hours: //p" "$log" | tail -n 1)
  if [ -n "$link" ]; then
    echo "Make the admin's account within 24 hours: $link"
  else
    echo "Sign in: $(url)/signin"
  fi
}

up() {
  install
  umask 077
  mkdir -p "$state"
  node_here "$root/scripts/start-vigie-key.ts" .env.healthchecks
  if pid >/dev/null; then
    echo "Vigie runs already (process $(pid))"
  else
    launch
  fi
  await_ready
  synchronise
  summary
}

stop() {
  running=$(pid) || return 0
  kill -TERM "$running"
  waited=0
  while pid >/dev/null; do
    [ "$waited" -lt "$stop_within" ] || fail "process $running does not end"
    sleep 1
    waited=$((waited + 1))
  done
  rm -f "$pidfile"
}

down() {
  pid >/dev/null || fail 'Vigie does not run in this folder'
  stop
  echo 'Vigie is stopped'
}

show_state() {
  running=$(pid) || fail 'Vigie does not run in this folder'
  if ready; then now=ready; else now='not ready'; fi
  echo "process $running, $now, $(url)"
}

compose_file() {
  if [ -n "$1" ]; then
    echo "$1"
  elif [ -e docker-compose.healthchecks.yml ]; then
    echo docker-compose.healthchecks.yml
  else
    echo "$root/compose.yaml"
  fi
}

# The plugin, or the program of before it, with the project's file and the environment files that there are.
compose() {
  if docker compose version >/dev/null 2>&1; then
    set -- docker compose "$@"
  elif command -v docker-compose >/dev/null; then
    set -- docker-compose "$@"
  else
    fail 'there is neither docker compose nor docker-compose'
  fi
  "$@"
}

with_compose() {
  file=$(compose_file "$1")
  shift
  [ -e "$file" ] || fail "there is no $file"
  command=${1:-up}
  [ $# -eq 0 ] || shift
  set -- "$command" "$@"
  case $command in
  up | down | logs | ps) ;;
  *) usage ;;
  esac
  for env_file in .env.healthchecks .env; do
    # The last one wins: each goes before those that are there.
    [ ! -e "$env_file" ] || env_files="--env-file $env_file ${env_files:-}"
  done
  # Names without spaces: they are those of above.
  # shellcheck disable=SC2086
  compose ${env_files:-} -f "$file" config --quiet || fail "$file is no valid project: nothing was done"
  if [ "$command" = up ]; then
    shift
    case " $* " in *' -d '*) ;; *) set -- -d "$@" ;; esac
    set -- up "$@"
  fi
  # shellcheck disable=SC2086
  compose ${env_files:-} -f "$file" "$@"
}

usage() {
  echo 'Usage: start-vigie.sh [--compose [file]] [up|down|logs [-f]|ps]' >&2
  exit 2
}

if [ "${1:-}" = --compose ]; then
  shift
  case ${1:-} in
  '' | up | down | logs | ps) chosen= ;;
  *)
    chosen=$1
    shift
    ;;
  esac
  with_compose "$chosen" "$@"
  exit
elif [ -n "${VIGIE_COMPOSE:-}" ]; then
  with_compose "$VIGIE_COMPOSE" "$@"
  exit
fi

command=${1:-up}
[ $# -eq 0 ] || shift
case $command in
up) up ;;
down) down ;;
logs)
  [ -e "$log" ] || fail 'nothing was started in this folder'
  tail -n 200 "$@" "$log"
  ;;
ps) show_state ;;
*) usage ;;
esac
