"""The database's own catalogue against what every tenant table must have. A new table fails here until its
migration calls Protect; the last test proves it with a table made for the purpose."""

import pytest
from django.apps import apps
from django.db import connection, models

from sendhub.tenancy import Protect, SchoolModel

# Tables that belong to no school. Adding one needs a reason here.
GLOBAL = {
    "staff_trust": "names of trusts",
    "staff_school": "names and settings of schools",
    "staff_user": "a person may work in several schools; name, address and password hash only",
    "outbox_outboxdue": "ids and times, so that the sweeper is one query for all schools",
    "kit_jobdue": "ids and times, likewise",
    "outbox_heartbeat": "is the worker alive",
    "pghistory_context": "made by the package, unused: the context is on each event row",
    "django_content_type": "the framework's",
    "django_session": "the framework's: keys and signed data",
    "django_migrations": "the framework's",
    "sendhub_cache": "rate limits and replay memory, by hashed key",
    "auth_group": "the framework's, unused",
    "auth_group_permissions": "the framework's, unused",
    "auth_permission": "the framework's, unused",
    "account_emailaddress": "sign-in, by user",
    "account_emailconfirmation": "sign-in, by user",
    "mfa_authenticator": "sign-in, by user",
    "socialaccount_socialaccount": "sign-in, by user",
    "socialaccount_socialapp": "the package's, unused: providers are rows of a school",
    "socialaccount_socialtoken": "the package's, unused: tokens are not stored",
    "usersessions_usersession": "sign-in, by user",
}

# Tenant tables whose changes write no history, each with its reason.
UNTRACKED = {
    "audit_accesslog": "a log itself, add-only",
    "kit_job": "progress, thrown away after a day",
    "kit_draft": "free text that nobody has decided to keep",
    "outbox_message": "a queue; its states are the record",
    "pupils_importline": "a working copy of a file; what is applied is tracked where it lands",
    "outbox_demomail": "the demo's mailbox",
}

CATALOGUE = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'school_id' AND a.attnotnull),
       COALESCE((SELECT array_agg(p.polname::text || ':' || array_to_string(
           ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (p.polroles)), ',') ORDER BY p.polname)
           FROM pg_policy p WHERE p.polrelid = c.oid), '{}'),
       (SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p
         WHERE p.polrelid = c.oid AND p.polname = 'one_school'),
       EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'sendhub_named' AND t.tgenabled = 'O'),
       has_table_privilege('sendhub_app', c.oid, 'UPDATE') OR has_table_privilege('sendhub_app', c.oid, 'DELETE'),
       has_table_privilege('sendhub_app', c.oid, 'TRUNCATE')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
"""

COMPOSITE = """
SELECT c.relname, a.attname, f.relname
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2]
JOIN pg_attribute s ON s.attrelid = k.conrelid AND s.attnum = k.conkey[1]
WHERE k.contype = 'f' AND cardinality(k.conkey) = 2 AND s.attname = 'school_id'
"""


def tenant_models():
    return [model for model in apps.get_models() if any(f.name == "school" for f in model._meta.fields)]


def is_event(model):
    return hasattr(model, "pgh_tracked_model")


def faults(run):
    """Everything wrong with the tenant tables, as sentences. `run` executes SQL and gives rows."""
    found = []
    by_name = {model._meta.db_table: model for model in tenant_models()}
    composite = {(table, column): target for table, column, target in run(COMPOSITE)}
    for table, enabled, forced, has_school, policies, using, named, may_change, may_truncate in run(CATALOGUE):
        if table in GLOBAL:
            continue
        if not has_school:
            found.append(f"{table}: neither pinned as global nor has school_id NOT NULL")
            continue
        if not (enabled and forced):
            found.append(f"{table}: row security is not on and forced")
        if policies != ["one_school:sendhub_app", "owner_all:sendhub_owner"]:
            found.append(f"{table}: policies {policies}")
        if "sendhub.school_id" not in (using or ""):
            found.append(f"{table}: its policy does not look at the school")
        if may_truncate:
            found.append(f"{table}: the app may empty it")
        model = by_name.get(table)
        add_only = (model is not None and is_event(model)) or table == "audit_accesslog"
        if add_only and may_change:
            found.append(f"{table}: the app may change history")
        if not add_only and not named:
            found.append(f"{table}: takes a write that names nobody")
        if model is None or add_only:
            continue
        for field in model._meta.local_concrete_fields:
            within = field.is_relation and issubclass(field.related_model, SchoolModel)
            if within and composite.get((table, field.column)) != field.related_model._meta.db_table:
                found.append(f"{table}.{field.column}: no composite key, so it takes another school's row")
    return found


def query(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_every_tenant_table_is_walled_off(db):
    assert faults(query) == []


def test_the_list_of_global_tables_is_true(db):
    """Each pinned table exists, and none of them holds a school's rows behind our back."""
    tables = {row[0]: row[3] for row in query(CATALOGUE)}
    assert set(GLOBAL) - set(tables) == set()
    assert {table for table in GLOBAL if tables[table]} == {"outbox_outboxdue", "kit_jobdue"}


def test_every_tenant_table_keeps_history_or_says_why_not(db):
    tracked = {model.pgh_tracked_model._meta.db_table for model in apps.get_models() if is_event(model)}
    tables = {model._meta.db_table for model in tenant_models() if not is_event(model)}
    assert tables - tracked == set(UNTRACKED)


def test_history_can_not_be_switched_off(db):
    """pgtrigger.ignore works by this function; ours always says no."""
    (source,) = query("SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'")
    assert source == ("SELECT false",)


def test_no_view_leaks_and_no_function_lends_the_owner(db):
    """A plain view runs as its owner, past row security; so does a SECURITY DEFINER function."""
    assert query("SELECT viewname FROM pg_views WHERE schemaname = 'public'") == []
    assert query("SELECT matviewname FROM pg_matviews WHERE schemaname = 'public'") == []
    definers = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    assert query(definers) == []


class TestAThrowawayTable:
    """The negative control: a tenant table that someone adds without Protect is caught, in each way."""

    @pytest.fixture
    def table(self, db, as_owner):
        class Throwaway(SchoolModel):
            pupil = models.ForeignKey("pupils.Pupil", models.CASCADE, db_constraint=False, related_name="+")

            class Meta:
                app_label = "pupils"
                db_table = "pupils_throwaway"

        as_owner(
            "CREATE TABLE pupils_throwaway (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
            " school_id bigint NOT NULL REFERENCES staff_school, pupil_id bigint NOT NULL)"
        )
        yield Throwaway
        as_owner("DROP TABLE pupils_throwaway")
        del apps.all_models["pupils"]["throwaway"]
        apps.clear_cache()

    def test_it_is_caught_without_protect(self, table):
        assert faults(query) == [
            "pupils_throwaway: row security is not on and forced",
            "pupils_throwaway: policies []",
            "pupils_throwaway: its policy does not look at the school",
            "pupils_throwaway: takes a write that names nobody",
            "pupils_throwaway.pupil_id: no composite key, so it takes another school's row",
        ]

    def test_it_is_caught_without_the_composite_key(self, table, as_owner):
        for statement in Protect("Throwaway").statements(table):
            as_owner(statement)
        assert faults(query) == []
        as_owner("ALTER TABLE pupils_throwaway DROP CONSTRAINT pupils_throwaway_pupil_id_in_school")
        assert faults(query) == ["pupils_throwaway.pupil_id: no composite key, so it takes another school's row"]

    def test_it_is_caught_when_a_second_policy_opens_it(self, table, as_owner):
        for statement in Protect("Throwaway").statements(table):
            as_owner(statement)
        as_owner("CREATE POLICY oops ON pupils_throwaway TO sendhub_app USING (true)")
        assert faults(query) == [
            "pupils_throwaway: policies ['one_school:sendhub_app', 'oops:sendhub_app', 'owner_all:sendhub_owner']"
        ]
