#!/usr/bin/env bash
# Makes .venv fit the pinned requirements and sees to the system libraries, then runs the rest of its words.
#   scripts/bootstrap.sh [--dev] [--browser] COMMAND...
# What it may not do itself it says in one sentence. Once all is in place it costs a tenth of a second.
set -euo pipefail
cd "$(dirname "$0")/.."

dev="" browser=""
while [ $# -gt 0 ]; do
    case "$1" in
        --dev) dev=1 ;;
        --browser) browser=1 ;;
        *) break ;;
    esac
    shift
done

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
last_line() { grep -v '^[[:space:]]*$' "$1" | tail -n 1 | cut -c 1-200; }

# --- Root in somebody's folder works as that person: files of root's in it would stop their next start ------------
owner=$([ -d .local ] && command -v stat >/dev/null && stat -c %u .local 2>/dev/null || echo 0)
if [ "$(id -u)" = 0 ] && [ "$owner" != 0 ] && command -v setpriv >/dev/null; then
    home=$(getent passwd "$owner" | cut -d : -f 6)
    say "The data here belong to $(id -un "$owner" 2>/dev/null || echo "user $owner"), so this runs as them and not as root."
    exec setpriv --reuid="$owner" --regid="$(stat -c %g .local)" --clear-groups env HOME="${home:-/}" \
        scripts/bootstrap.sh ${dev:+--dev} ${browser:+--browser} "$@"
fi

# --- A folder that we may write to -----------------------------------------------------------------------------
mkdir -p .local/log 2>/dev/null && [ -w . ] && [ -w .local/log ] ||
    stop "The folder $PWD cannot be written to: give it to yourself with \`sudo chown -R \$USER .\`, or copy it to a folder of yours."
chmod 700 .local 2>/dev/null || true
log=.local/log

# Two starts at once in one folder take turns here.
if command -v flock >/dev/null; then
    exec 9>.local/bootstrap.lock
    flock 9
fi

# --- Packages of the system ------------------------------------------------------------------------------------
# install_system WHAT PACKAGE...: by apt as root, or sudo that asks no password; else the command to type.
install_system() {
    local what=$1 sudo=""
    shift
    if ! command -v apt-get >/dev/null; then
        stop "SendHub needs $what: install it with your system's package manager (on Debian: $*)."
    fi
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            stop "SendHub needs $what: have root type \`apt-get install $*\` and start again."
        sudo="sudo -n"
        $sudo true >/dev/null 2>&1 || stop "SendHub needs $what: type \`sudo apt-get install $*\` and start again."
    fi
    say "Installing $what ($*)."
    export DEBIAN_FRONTEND=noninteractive
    local apt="apt-get install -y -q --no-install-recommends"
    if ! $sudo $apt "$@" >"$log/apt.log" 2>&1 </dev/null; then
        { $sudo apt-get update -q && $sudo $apt "$@"; } >>"$log/apt.log" 2>&1 </dev/null ||
            stop "SendHub needs $what and apt could not install it ($(last_line "$log/apt.log")): $log/apt.log says why."
    fi
}

# --- Python 3.11 or newer --------------------------------------------------------------------------------------
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local each
    for each in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
        if command -v "$each" >/dev/null && new_enough "$each"; then
            command -v "$each"
            return
        fi
    done
}

need_space() {
    local free
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1024) }')
    if [ "$free" -lt "$1" ]; then
        stop "The disk that holds $PWD has $free MB free and SendHub needs $1 MB: make room and start again."
    fi
}

fresh=""
if ! new_enough .venv/bin/python || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    fresh=1
    python=$(find_python)
    if [ -z "$python" ]; then
        found=$(${PYTHON:-python3} --version 2>/dev/null || echo "not there")
        stop "SendHub needs Python 3.11 or newer and yours is ${found#Python }: install one, or name one with \`make run PYTHON=/path/to/python3.11\`."
    fi
    need_space 1500
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        install_system "Python's venv module" "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
    rm -rf .venv
    "$python" -m venv .venv >"$log/venv.log" 2>&1 ||
        stop "Python could not make .venv ($(last_line "$log/venv.log")): $log/venv.log says why."
fi

# --- The pinned packages ---------------------------------------------------------------------------------------
# install_pinned FILE: when FILE is not the one that was installed last
install_pinned() {
    local stamp=".venv/installed-$1" now
    now=$(cksum <"$1")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then
        return
    fi
    [ -z "$fresh" ] || say "Installing the packages of $1 into .venv. This happens once and takes about half a minute."
    if ! .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes \
        --only-binary :all: -r "$1" >"$log/pip.log" 2>&1 </dev/null; then
        need_space 50  # a full disk has no room for pip's own words
        stop "The packages of $1 could not be installed ($(last_line "$log/pip.log")): see to the network or the disk, and start again; $log/pip.log says why."
    fi
    printf '%s\n' "$now" >"$stamp"
}

if [ -n "$dev" ]; then
    install_pinned requirements-dev.txt
else
    # the developer's file holds all of the other one: nothing to do if that is in place
    [ "$(cat .venv/installed-requirements-dev.txt 2>/dev/null)" = "$(cksum <requirements-dev.txt)" ] ||
        install_pinned requirements.txt
fi

# --- Libraries that PDFs need ----------------------------------------------------------------------------------
missing_libraries() {
    .venv/bin/python - <<'PYTHON'
import ctypes, ctypes.util, sys
if sys.platform == "darwin":
    print("" if ctypes.util.find_library("pango-1.0") else "pango")
else:
    wanted = {"libpango-1.0.so.0": "libpango-1.0-0", "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
              "libharfbuzz-subset.so.0": "libharfbuzz-subset0"}
    missing = []
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    print(*missing)
PYTHON
}

missing=$(missing_libraries)
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086  one word a package
    install_system "the libraries that make PDFs" $missing
fi

if [ -n "$browser" ] && ! command -v chromium >/dev/null; then
    install_system "Chromium, which the browser tests drive" chromium
fi

exec 9>&- || true
exec "$@"
