"""Whether the walls between schools stand in a database: row security, its policies, the triggers, what the app may.

The doctor asks it of the running database and a restore of what came back. tests/tenancy/test_catalogue.py asks more,
in its own words, when a table is added.
"""

from django.apps import apps

TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
       COALESCE((SELECT array_agg(p.polname::text ORDER BY p.polname) FROM pg_policy p WHERE p.polrelid = c.oid), '{}'),
       COALESCE((SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
                 WHERE p.polrelid = c.oid AND p.polname = 'one_school'), ''),
       ARRAY(SELECT t.tgname::text FROM pg_trigger t
             WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled = 'O'),
       has_table_privilege('sendhub_app', c.oid, 'UPDATE') OR has_table_privilege('sendhub_app', c.oid, 'DELETE')
       OR has_table_privilege('sendhub_app', c.oid, 'TRUNCATE')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""
POLICIES = ["one_school", "owner_all"]
HISTORY = ("insert_insert", "update_update", "delete_delete")


def school_models():
    return [model for model in apps.get_models() if any(field.name == "school" for field in model._meta.fields)]


def is_history(model):
    return hasattr(model, "pgh_tracked_model")


def tracked():
    """Tables whose every change writes history."""
    return {model.pgh_tracked_model._meta.db_table for model in apps.get_models() if is_history(model)}


def faults(rows):
    """What is wrong, a sentence each. `rows` are those of TABLES."""
    there = {row[0]: row[1:] for row in rows}
    with_history = tracked()
    found = []
    for model in school_models():
        table = model._meta.db_table
        if table not in there:
            found.append(f"The table {table} is missing.")
            continue
        forced, policies, using, triggers, may_change = there[table]
        if not forced:
            found.append(f"Row security is off for {table}.")
        if policies != POLICIES or "sendhub.school_id" not in using:
            found.append(f"The policies of {table} are not ours.")
        if is_history(model) or table == "audit_accesslog":
            if may_change:
                found.append(f"The app may change {table}, which only grows.")
        elif "sendhub_named" not in triggers:
            found.append(f"{table} takes a write that names nobody.")
        if table in with_history:
            missing = [kind for kind in HISTORY if not any(kind in name for name in triggers)]
            if missing:
                found.append(f"Changes of {table} write no history ({', '.join(missing)}).")
    return found
