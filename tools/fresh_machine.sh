#!/usr/bin/env bash
# Do both commands of the README work on a machine with Debian 12, Python, make and git alone?
#
#     sudo tools/fresh_machine.sh              make run until its first page, then make test
#     sudo tools/fresh_machine.sh COMMAND...   instead of these, a command in a prepared checkout
#
# Run by hand: it takes some minutes longer than `make test`. It makes such a Debian in a temporary
# folder (debootstrap) and clones the last commit into it. Packages come from where this machine
# gets its own: its apt's archives, its proxies and certificates, its settings of pip and npm.
# Preparing, with which both commands begin, is done ahead of each, with the network. Then each has
# a network of its own, where nothing answers: no registry, no PostgreSQL or Redis of this machine.
# Processes and mounts are in namespaces of their own too, and end with it.
set -euo pipefail

FIRST_PAGE=http://127.0.0.1:8000/

main() {
  check_this_machine
  folder=$(mktemp -d)
  trap clean_up EXIT
  trap 'exit 130' INT TERM
  # Job control: the machine is a process group of its own, which nobody ends but clean_up.
  set -m
  unshare --mount --pid --fork --kill-child --mount-proc "$0" --inside "$folder/debian" "$@" &
  machine=$!
  local code=0
  wait "$machine" || code=$?
  machine=
  exit "$code"
}

check_this_machine() {
  [ "$(id -u)" = 0 ] || refuse "Only root can make a machine: use sudo."
  local tool
  for tool in apt-get debootstrap git ip unshare; do
    type -P "$tool" > /dev/null || refuse "This needs $tool: install it first."
  done
  [ -n "$(archives)" ] ||
    refuse "apt knows no archive of Debian 12 (bookworm): add one to its sources, then update."
}

clean_up() {
  if [ -n "${machine:-}" ]; then
    kill -KILL "$machine" || true
    wait "$machine" 2> /dev/null || true
  fi
  rm -rf --one-file-system "$folder"
}

on_the_machine() {
  root=$1
  shift
  doing=
  trap '[ -z "$doing" ] || say "FAILED: $doing"' EXIT
  take_along
  inside=(chroot "$root" env -i --chdir=/root/portal HOME=/root LANG=C.UTF-8
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${taken[@]}")
  alone=(unshare --net sh -c 'ip link set lo up && exec "$@"' sh)
  step "make a Debian 12" make_debian
  step "clone the last commit" git clone --quiet "$(dirname "$0")/.." "$root/root/portal"
  if [ $# -gt 0 ]; then
    step "prepare for testing" "${inside[@]}" python3 -m tools.prepare --dev
    step "$*" "${alone[@]}" "${inside[@]}" "$@"
  else
    step "prepare for running" "${inside[@]}" python3 -m tools.prepare
    step "make run, until its first page" "${alone[@]}" "${inside[@]}" \
      bash -c "$(declare -f run_portal); run_portal $FIRST_PAGE"
    step "prepare for testing" "${inside[@]}" python3 -m tools.prepare --dev
    step "make test" "${alone[@]}" "${inside[@]}" make test
  fi
}

step() {
  local started=$SECONDS
  doing=$1
  shift
  "$@"
  say "ok: $doing, $((SECONDS - started)) s"
  doing=
}

# Into `taken`: the variables that tell pip, npm and others the way out, as NAME=VALUE.
take_along() {
  local name
  taken=()
  for name in $(compgen -e); do
    case $name in
      *_proxy | *_PROXY | PIP_* | npm_config_* | NPM_CONFIG_* | SSL_CERT_* | *_CA_BUNDLE | \
        NODE_EXTRA_CA_CERTS) taken+=("$name=${!name}") ;;
    esac
  done
}

make_debian() {
  local archive packages=python3,python3-venv,make,git,ca-certificates
  archive=$(archives | awk '$3 == "bookworm" { print $2; exit }')
  # debootstrap asks the environment alone for a proxy, not apt.
  [ -n "${http_proxy:-}" ] || eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  [ -z "${http_proxy:-}" ] || export http_proxy
  if ! debootstrap --variant=minbase --include=$packages bookworm "$root" "$archive" \
    > "$root.log" 2>&1; then
    tail "$root.log"
    return 1
  fi
  mount -t proc proc "$root/proc"
  mount -t tmpfs tmpfs "$root/dev/shm"
  echo "127.0.0.1 localhost $(hostname)" > "$root/etc/hosts"
  archives > "$root/etc/apt/sources.list"
  apt-config dump Acquire | grep -v ^Acquire::IndexTargets \
    > "$root/etc/apt/apt.conf.d/90this-machine"
  give_settings
}

# Lines for apt's sources.list, from what this machine's apt has.
archives() {
  apt-get indextargets --format 'deb $(REPO_URI) $(CODENAME) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | grep -E ' bookworm(-updates|-security)? main$' || true
}

# The settings of pip and npm, the certificates added here, and each file that `taken` names.
give_settings() {
  local file pair
  mkdir "$root/root/portal"
  for file in .npmrc .pip/pip.conf .config/pip/pip.conf; do
    [ ! -f ~/"$file" ] || install -D --mode=600 ~/"$file" "$root/root/$file"
  done
  [ ! -f /etc/pip.conf ] || cp /etc/pip.conf "$root/etc"
  find /usr/local/share/ca-certificates -name '*.crt' \
    -exec cp {} "$root/usr/local/share/ca-certificates" \;
  "${inside[@]}" update-ca-certificates > /dev/null 2>&1
  for pair in "${taken[@]}"; do
    file=${pair#*=}
    [ ! -f "$file" ] || [ -e "$root$file" ] || install -D "$file" "$root$file"
  done
}

# make run, until the page at this address is there, for at most ten minutes.
run_portal() {
  local portal
  setsid make run &
  portal=$!
  until python3 -c "from urllib.request import urlopen; urlopen('$1')" 2> /dev/null; do
    kill -0 $portal && [ $SECONDS -lt 600 ] || exit 1
    sleep 1
  done
  echo "--- the first page came $SECONDS s after make run ---"
  kill -TERM -- -$portal
  wait $portal || true
}

say() { printf '[%(%T)T] %s\n' -1 "$*"; }
refuse() { echo "$*" >&2 && exit 2; }

if [ "${1:-}" = --inside ]; then
  on_the_machine "${@:2}"
else
  main "$@"
fi
