#!/usr/bin/env bash
# Pins every package with its hashes, for every Python from 3.11 and every system; no index address in the files.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || {
    echo "\`make lock\` needs uv: install it with \`pipx install uv\` and start again." >&2
    exit 1
}
pin() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-strip-extras "$@"; }
pin pyproject.toml -o requirements.txt
pin pyproject.toml --extra dev -c requirements.txt -o requirements-dev.txt
