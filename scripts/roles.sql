-- The three roles and the database, made if missing and set right if not. Run by a superuser, at every start of the
-- embedded Postgres and once by the compose image (scripts/db-init.sh). Passwords arrive as settings of the session.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sendhub_owner') THEN CREATE ROLE sendhub_owner; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sendhub_app') THEN CREATE ROLE sendhub_app; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sendhub_backup') THEN CREATE ROLE sendhub_backup; END IF;
    -- owns the database and its tables, migrates; CREATEDB is for test databases and restores
    EXECUTE format('ALTER ROLE sendhub_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD %L',
                   current_setting('sendhub.password_owner'));
    -- serves: owns nothing, sees one school at a time
    EXECUTE format('ALTER ROLE sendhub_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD %L',
                   current_setting('sendhub.password_app'));
    -- reads every school for a dump; no table lets it write
    EXECUTE format('ALTER ROLE sendhub_backup LOGIN BYPASSRLS NOCREATEDB NOSUPERUSER NOCREATEROLE PASSWORD %L',
                   current_setting('sendhub.password_backup'));
END
$$;
