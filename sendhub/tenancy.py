"""One school's rows and no other's: the base model, the context, the migration operation, the task decorator.

Row-level security is the wall; explicit filters by school keep the index plans. What a school may not be asked
about (another school's rows) is answered by the database itself, whatever the code forgot. docs/decisions/0001.
"""

import contextlib
import functools

from celery import shared_task
from django.db import connection, models, transaction
from django.db.migrations.operations.base import Operation

SETTING = "sendhub.school_id"
# pgtrigger.ignore would let app code write without history. Each AddTrigger opens it again, so Protect shuts it.
SHUT_IGNORE = (
    "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN "
    "LANGUAGE sql AS 'SELECT false'"
)
POLICY = f"school_id = (SELECT current_setting('{SETTING}')::int)"


class SchoolModel(models.Model):
    """A row of one school. The migration that makes the table must also run Protect (a test holds it to that)."""

    school = models.ForeignKey("staff.School", on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class SchoolKey(models.ForeignKey):
    """A foreign key to a row of the same school.

    Django can not write the composite key (school_id, other_id), so it writes none; Protect does, in SQL. A plain
    foreign key would accept another school's row, because its check runs outside row security.
    """

    def __init__(self, to, on_delete, **kwargs):
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)


def current_school_id():
    """The school that the database is answering for now, or None outside a context."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        value = cursor.fetchone()[0]
    return int(value) if value else None


def set_local(**settings):
    """Set transaction-local settings (`school_id=3` sets sendhub.school_id) in one statement."""
    with connection.cursor() as cursor:
        calls = ", ".join("set_config(%s, %s, true)" for _ in settings)
        values = [part for key, value in settings.items() for part in (f"sendhub.{key}", str(value))]
        cursor.execute(f"SELECT {calls}", values)


@contextlib.contextmanager
def school_context(school_id):
    """Everything inside reads and writes the rows of this one school, in one transaction.

    What was set before comes back on success only: after an error the rollback restores it, and a statement in a
    broken transaction would hide the real error.
    """
    with transaction.atomic():
        before = current_school_id()
        set_local(school_id=int(school_id))
        yield
        if not connection.needs_rollback:
            set_local(school_id=before or "")


def school_task(name, **options):
    """A Celery task that works inside one school: called with ids and `school_id=`, safe to run twice."""

    def decorate(function):
        @shared_task(name=name, **options)
        @functools.wraps(function)
        def run(*args, school_id, **kwargs):
            with school_context(school_id):
                return function(*args, **kwargs)

        run.school_task = True
        return run

    return decorate


def ring(task, *args, school_id):
    """Ring the worker's bell once the transaction has committed. A dead Redis is no error: the sweeper looks too."""
    transaction.on_commit(
        lambda: task.apply_async(args, {"school_id": school_id}, retry=False, ignore_result=True), robust=True
    )


class Protect(Operation):
    """Put a tenant table under row security: policies, forced, composite keys, a refusal of unnamed writes.

    `event=True` is for history tables and logs: the app may only add rows. `named=False` leaves out the trigger
    that refuses a write with no actor and verb (logs carry their actor as a column). `using` replaces the policy.
    Running it again on a changed table adds what is missing.
    """

    reversible = True

    def __init__(self, name, event=False, named=True, using=None):
        self.name, self.event, self.named, self.using = name, event, named, using

    def deconstruct(self):
        options = {"event": self.event, "named": self.named, "using": self.using}
        defaults = {"event": False, "named": True, "using": None}
        return "Protect", [self.name], {key: value for key, value in options.items() if value != defaults[key]}

    def describe(self):
        return f"Put {self.name} under row security"

    @property
    def migration_name_fragment(self):
        return f"protect_{self.name.lower()}"

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        model = to_state.apps.get_model(app_label, self.name)
        for statement in self.statements(model):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        table = from_state.apps.get_model(app_label, self.name)._meta.db_table
        schema_editor.execute(f'DROP TRIGGER IF EXISTS sendhub_named ON "{table}"')
        schema_editor.execute(f'DROP POLICY IF EXISTS one_school ON "{table}"')
        schema_editor.execute(f'DROP POLICY IF EXISTS owner_all ON "{table}"')
        schema_editor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        schema_editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')

    def statements(self, model):
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS one_school ON "{table}"'
        check = f" WITH CHECK ({POLICY})" if self.using else ""
        yield f'CREATE POLICY one_school ON "{table}" TO sendhub_app USING ({self.using or POLICY}){check}'
        yield f'DROP POLICY IF EXISTS owner_all ON "{table}"'
        yield f'CREATE POLICY owner_all ON "{table}" TO sendhub_owner USING (true) WITH CHECK (true)'
        if self.event:
            yield f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM sendhub_app'
            yield f'CREATE INDEX IF NOT EXISTS "{table[:50]}_school" ON "{table}" (school_id)'
            return
        yield SHUT_IGNORE
        yield from self.composite_keys(model, table)
        yield f'DROP TRIGGER IF EXISTS sendhub_named ON "{table}"'
        if self.named:
            yield (
                f'CREATE TRIGGER sendhub_named BEFORE INSERT OR UPDATE OR DELETE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION sendhub_require_actor()"
            )

    def composite_keys(self, model, table):
        own = f"{table[:45]}_school_pk"
        yield (
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{own}') THEN "
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{own}" UNIQUE (school_id, id); END IF; END $$'
        )
        for field in model._meta.local_concrete_fields:
            if not field.is_relation or field.db_constraint or field.name == "school":
                continue
            target = field.related_model._meta.db_table
            name = f"{table[:30]}_{field.column[:22]}_in_school"
            yield (
                f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{name}') THEN "
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (school_id, "{field.column}") '
                f'REFERENCES "{target}" (school_id, id) DEFERRABLE INITIALLY DEFERRED; END IF; END $$'
            )
