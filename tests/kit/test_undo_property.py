"""Any operation, then any edits by others: an undo leaves what would have been without it, but for what it lists."""

from datetime import date

from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupils.models import Contact, GroupPupil, Pupil, PupilAdult, SENNeed
from sendhub.audit import SYSTEM, acting
from sendhub.kit import operations
from sendhub.kit.actions import undo_operation
from staff.models import TeachingGroup

DAY = date(2026, 11, 20)
# Rows have numbers of our own, so that two worlds can be compared.
MODELS = {"pupil": Pupil, "contact": Contact, "place": GroupPupil, "adult": PupilAdult, "need": SENNeed}
COLUMNS = {
    "pupil": {"form": ["9A", "9B", "9C"], "upn": ["", "X1", "X2"], "first_line": ["", "Likes maps"]},
    "contact": {"phone": ["1", "2"], "pupil_id": [9001, 9002, 9101]},
    "place": {"ends_on": [None, DAY], "pupil_id": [9001, 9002, 9101]},
    "adult": {"ends_on": [None, DAY]},
    "need": {"rank": [1, 2], "ends_on": [None, DAY]},
}
STEPS = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(list(MODELS)), st.integers(1, 3), st.sampled_from([9001, 9002, 9101])),
    st.tuples(st.just("remove"), st.sampled_from(list(MODELS)), st.sampled_from([9001, 9002, 9101, 9102, 9201])),
    st.sampled_from([(noun, column) for noun, columns in COLUMNS.items() for column in columns]).flatmap(
        lambda pair: st.tuples(
            st.just("set"),
            st.just(pair[0]),
            st.sampled_from([9001, 9002, 9101, 9102, 9201]),
            st.just(pair[1]),
            st.sampled_from(COLUMNS[pair[0]][pair[1]]),
        )
    ),
)


class World:
    """Oakfield with three pupils of our own and what hangs on them."""

    def __init__(self, oakfield):
        self.oakfield = oakfield
        self.group = TeachingGroup.objects.filter(kind="class").first()

    def row(self, noun, pk, pupil):
        school = self.oakfield.school
        if noun == "pupil":
            return Pupil(
                id=pk, school=school, legal_forename="A", legal_surname="B", forename="A", surname="B",
                sort_name="b a", born_on=DAY,
            )  # fmt: skip
        more = {
            "contact": {"forename": "C", "surname": "D"},
            "place": {"group": self.group, "starts_on": DAY},
            "adult": {"staff": self.oakfield.ta.staff, "part": "ta", "starts_on": DAY},
            "need": {"code": "SPLD", "rank": 1, "starts_on": DAY},
        }[noun]
        return MODELS[noun](id=pk, school=school, pupil_id=pupil, **more)

    def do(self, step, base=0):
        """Whether it could be done: the database refuses nonsense."""
        try:
            with transaction.atomic():
                real = self.write(step, base)
                for mode in ("IMMEDIATE", "DEFERRED"):
                    connection.cursor().execute(f"SET CONSTRAINTS ALL {mode}")
        except IntegrityError:
            return False
        return real

    def write(self, step, base):
        kind, noun, pk, *rest = step
        rows = MODELS[noun]._base_manager.filter(school=self.oakfield.school, pk=pk)
        if kind == "add":
            MODELS[noun]._base_manager.bulk_create([self.row(noun, base + pk, rest[0])])
        elif kind == "remove":
            return rows._raw_delete(rows.db) > 0
        else:
            return rows.exclude(**{rest[0]: rest[1]}).update(**{rest[0]: rest[1]}) > 0
        return True

    def picture(self):
        found = {}
        for model in MODELS.values():
            for row in model._base_manager.filter(school=self.oakfield.school).values():
                row.pop("version", None)
                found[model._meta.label, row["id"]] = row
        return found


def once(steps):
    """At most one edit a column: whoever puts back what the operation had written has not changed it since."""
    found = {}
    for step in steps:
        found.setdefault(step[:4] if step[0] == "set" else len(found), step)
    return list(found.values())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(caused=st.lists(STEPS, max_size=8), later=st.lists(STEPS, max_size=6).map(once))
def test_after_an_undo_everything_is_as_without_the_operation_but_for_what_is_listed(oakfield, caused, later):
    world = World(oakfield)

    def act(steps, base):
        with acting(SYSTEM, "test.write"):
            return [step for step in steps if world.do(step, base)]

    with transaction.atomic():
        act([("add", noun, pk, pk) for noun in MODELS for pk in (9001, 9002)], 0)
        with transaction.atomic():
            with operations.operation(
                school_id=oakfield.school.pk, kind="register.moves", title="x", by=oakfield.sendco
            ) as operation:
                for step in caused:
                    world.do(step, 9100)
            done = act(later, 9200)
            kept = undo_operation(operation=operation, by=oakfield.sendco).kept
            with_it = world.picture()
            transaction.set_rollback(True)
        possible = act(done, 9200)
        without = world.picture()
        transaction.set_rollback(True)
    listed = {(label, pk) for label, pk, *_ in kept}
    only_with_it = {  # edits that the operation had made possible
        (MODELS[noun]._meta.label, 9200 + pk if kind == "add" else pk)
        for kind, noun, pk, *more in done
        if (kind, noun, pk, *more) not in possible
    }
    different = {key for key in with_it.keys() | without.keys() if with_it.get(key) != without.get(key)}
    assert different - listed - only_with_it == set()
