#!/bin/sh
# Makes the roles and the database on a Postgres server, or sets them right: safe to run twice. The compose image runs
# it once, on an empty volume; for a server of your own run it as a superuser, with PGHOST, PGUSER and so on.
set -eu
: "${SENDHUB_DB_PASSWORD_OWNER:?is not set: .env.example says what it is}"
: "${SENDHUB_DB_PASSWORD_APP:?is not set: .env.example says what it is}"
: "${SENDHUB_DB_PASSWORD_BACKUP:?is not set: .env.example says what it is}"
export SENDHUB_DB_NAME="${SENDHUB_DB_NAME:-sendhub}"
here=$(dirname "$0")
# beside this file in the repository, elsewhere in the image, which would run a .sql file by itself
roles="$here/roles.sql"
[ -f "$roles" ] || roles=/sendhub/roles.sql

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set roles="$roles" --username "${PGUSER:-${POSTGRES_USER:-postgres}}" --dbname postgres <<'SQL'
\getenv owner SENDHUB_DB_PASSWORD_OWNER
\getenv app SENDHUB_DB_PASSWORD_APP
\getenv backup SENDHUB_DB_PASSWORD_BACKUP
\getenv name SENDHUB_DB_NAME
SELECT set_config('sendhub.password_owner', :'owner', false),
       set_config('sendhub.password_app', :'app', false),
       set_config('sendhub.password_backup', :'backup', false) \g /dev/null
\i :roles
SELECT format('CREATE DATABASE %I OWNER sendhub_owner', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SQL
