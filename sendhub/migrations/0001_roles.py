"""What every later table stands on: grants by default, the extensions, and the two guards.

Runs before every other migration, so that the tables of other packages get their grants too.
"""

from django.db import migrations

GRANTS = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sendhub_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO sendhub_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO sendhub_backup;
GRANT SELECT ON django_migrations TO sendhub_app, sendhub_backup;
GRANT SELECT ON SEQUENCE django_migrations_id_seq TO sendhub_backup;
"""

EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
"""

# Who is writing and what they call it, set by sendhub.audit.acting. The owner (migrations, purge) is let through:
# the app can not become the owner.
GUARD = """
CREATE OR REPLACE FUNCTION sendhub_require_actor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE who jsonb := COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb;
BEGIN
    IF current_user <> 'sendhub_owner' AND (COALESCE(who->>'actor', '') = '' OR COALESCE(who->>'verb', '') = '') THEN
        RAISE EXCEPTION 'A write to % names no actor and verb: call an action (sendhub.audit.action).', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    run_before = [("contenttypes", "0001_initial")]
    dependencies = []
    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
