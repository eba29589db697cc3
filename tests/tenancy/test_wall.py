"""What the database refuses, whatever the code forgot: raw SQL as the app's own login."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from pupils.models import Pupil, SENRecord
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import current_school_id, school_context, set_local
from staff.models import Membership
from tests.tenancy.test_catalogue import tenant_models


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_each_school_sees_only_its_own_rows_in_every_table(cast):
    schools = [cast.oakfield.school.pk, cast.hillside.school.pk, cast.brook.school.pk]
    seen = 0
    for school in schools:
        with school_context(school):
            for model in tenant_models():
                found = rows(f'SELECT DISTINCT school_id FROM "{model._meta.db_table}"')
                assert found in ([], [(school,)]), model
                seen += bool(found)
    assert seen > 3 * 10  # the cast fills at least these, so that a leak would have shown


def test_without_a_school_it_is_an_error_not_an_empty_page(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Pupil.objects.all())


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM pupils_pupil WHERE id = %s",
        "SELECT * FROM pupils_pupil WHERE id = %s OR 1=1",
        "WITH all_of AS (SELECT * FROM pupils_pupil) SELECT * FROM all_of WHERE id = %s",
        "SELECT p.* FROM staff_school s JOIN pupils_pupil p ON p.school_id = s.id WHERE p.id = %s",
    ],
)
def test_another_schools_pupil_is_out_of_sight(cast, sql):
    theirs = cast.brook.pupils["aisha"].pk
    with school_context(cast.oakfield.school.pk):
        assert theirs not in [row[0] for row in rows(sql, theirs)]


def test_another_schools_pupil_can_not_be_changed_or_ended(cast):
    theirs = cast.brook.pupils["aisha"].pk
    with school_context(cast.oakfield.school.pk), acting(SYSTEM, "test"):
        assert Pupil.objects.filter(pk=theirs).update(first_line="x") == 0
        assert Pupil.objects.filter(pk=theirs).delete() == (0, {})


def test_a_row_can_not_be_put_into_another_school(cast):
    pupil = cast.oakfield.pupils["mei"]
    with (
        school_context(cast.oakfield.school.pk),
        acting(SYSTEM, "test"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Pupil.objects.filter(pk=pupil.pk).update(school=cast.brook.school)


@pytest.mark.django_db(transaction=True)
def test_a_row_can_not_name_another_schools_pupil(cast):
    theirs = cast.brook.pupils["mei"]
    with (
        pytest.raises(IntegrityError, match="in_school"),
        school_context(cast.oakfield.school.pk),
        acting(SYSTEM, "test"),
    ):
        SENRecord.objects.create(school=cast.oakfield.school, pupil=theirs, provision="K", starts_on=theirs.joined_on)


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE pupils_pupil DISABLE ROW LEVEL SECURITY",
        "DROP POLICY one_school ON pupils_pupil",
        "SET ROLE sendhub_owner",
        "SET SESSION AUTHORIZATION sendhub_owner",
        "TRUNCATE pupils_pupil CASCADE",
        "ALTER TABLE pupils_pupil DISABLE TRIGGER sendhub_named",
        "UPDATE pupils_pupilevent SET first_line = 'x'",
        "DELETE FROM pupils_pupilevent",
        "UPDATE audit_accesslog SET actor = 'x'",
        "DELETE FROM audit_accesslog",
        "COPY pupils_pupil FROM STDIN",
    ],
)
def test_the_app_can_not_lift_the_wall(cast, sql):
    with school_context(cast.oakfield.school.pk), pytest.raises(DatabaseError), transaction.atomic():
        rows(sql)


def test_one_school_does_not_learn_which_upns_another_has(cast):
    upn = "A801200005001"
    for school in (cast.oakfield, cast.brook):
        with school_context(school.school.pk), acting(SYSTEM, "test"):
            Pupil.objects.filter(pk=school.pupils["mei"].pk).update(upn=upn)
            assert Pupil.objects.get(upn=upn).pk == school.pupils["mei"].pk


def test_a_member_sees_their_own_places_before_a_school_is_chosen(cast):
    lead = cast.oakfield.trust_lead
    with transaction.atomic():
        set_local(user_id=lead.user_id)
        assert set(Membership.objects.values_list("school_id", "user_id")) == {
            (cast.oakfield.school.pk, lead.user_id),
            (cast.hillside.school.pk, lead.user_id),
        }


def test_nobody_can_give_themselves_a_place_in_a_school_they_are_not_in(cast):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        set_local(user_id=cast.outsider.user_id)
        with school_context(cast.brook.school.pk), acting(SYSTEM, "test"):
            Membership.objects.create(school=cast.oakfield.school, user=cast.outsider.user, roles=["head"])


def test_contexts_nest_and_give_back_what_was_set(cast):
    with school_context(cast.oakfield.school.pk):
        with school_context(cast.brook.school.pk):
            assert current_school_id() == cast.brook.school.pk
        assert current_school_id() == cast.oakfield.school.pk
    assert current_school_id() is None


def test_an_error_inside_a_context_comes_out_as_itself(cast):
    with pytest.raises(ZeroDivisionError), school_context(cast.oakfield.school.pk), school_context(1):
        rows("SELECT 1")
        raise ZeroDivisionError
    assert current_school_id() is None


class TestNamedWrites:
    """A write to a tenant table must say who makes it and what they call it."""

    def test_a_write_that_names_nobody_is_refused(self, cast):
        pupil = cast.oakfield.pupils["mei"]
        with (
            school_context(cast.oakfield.school.pk),
            pytest.raises(DatabaseError, match="names no actor and verb"),
            transaction.atomic(),
        ):
            Pupil.objects.filter(pk=pupil.pk).update(first_line="x")

    @pytest.mark.parametrize("way", ["save", "update", "bulk_update", "bulk_create", "sql", "delete"])
    def test_every_way_to_write_leaves_its_name_in_the_history(self, cast, way):
        event = apps.get_model("pupils", "ContactEvent")
        with school_context(cast.oakfield.school.pk), acting(cast.oakfield.sendco, "test.change"):
            contact = cast.oakfield.pupils["mei"].contacts.get()
            contact.phone = "07700 900001"
            if way == "save":
                contact.save()
            elif way == "update":
                type(contact).objects.filter(pk=contact.pk).update(phone="07700 900001")
            elif way == "bulk_update":
                type(contact).objects.bulk_update([contact], ["phone"])
            elif way == "bulk_create":
                contact.pk = None
                type(contact).objects.bulk_create([contact])
            elif way == "delete":
                contact.delete()
            else:
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE pupils_contact SET phone = '07700 900001' WHERE id = %s", [contact.pk])
            last = event.objects.order_by("-pgh_id").first()
            assert (last.pgh_context["actor"], last.pgh_context["verb"]) == (
                f"user:{cast.oakfield.sendco.user_id}",
                "test.change",
            )
            assert last.pgh_label == {"bulk_create": "insert", "delete": "delete"}.get(way, "update")

    def test_an_inner_name_ends_with_its_block(self, cast):
        pupil = cast.oakfield.pupils["mei"]
        event = apps.get_model("pupils", "PupilEvent")
        with school_context(cast.oakfield.school.pk), acting(SYSTEM, "outer"):
            with acting(SYSTEM, "inner"):
                Pupil.objects.filter(pk=pupil.pk).update(first_line="one")
            Pupil.objects.filter(pk=pupil.pk).update(first_line="two")
            verbs = [row.pgh_context["verb"] for row in event.objects.order_by("-pgh_id")[:2]]
        assert verbs == ["outer", "inner"]
