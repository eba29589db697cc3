#!/usr/bin/env bash
# What `make check` runs; every tool runs even if one before it complained, so that one round shows all.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=""

try() {
    printf '%s\n' "== $*"
    "$@" || failed="$failed
  $*"
}

try ruff check .
try ruff format --check .
try mypy
try lint-imports
# Settings as on a real server: nothing here is a secret, and no database is asked.
export SENDHUB_SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ
export SENDHUB_FIELD_KEYS=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=
export SENDHUB_URL=https://send.school.example SENDHUB_HOSTS=send.school.example SENDHUB_DEBUG=0 SENDHUB_DEMO=0
export SENDHUB_DB_HOST=127.0.0.1 SENDHUB_DB_PORT=1 SENDHUB_DB_NAME=sendhub SENDHUB_DB_PASSWORD_APP=x
export SENDHUB_DB_PASSWORD_OWNER=x SENDHUB_DB_PASSWORD_BACKUP=x SENDHUB_REDIS_URL=redis://127.0.0.1:1/0
export SENDHUB_PROXIES=1 SENDHUB_EMAIL_HOST=mail.school.example
try python -W "ignore:Got an error checking a consistent migration history:RuntimeWarning" manage.py makemigrations --check --dry-run
try python manage.py check --deploy --fail-level WARNING

if [ -n "$failed" ]; then
    printf '%s\n' "Not clean:$failed"
    exit 1
fi
echo "All clean."
