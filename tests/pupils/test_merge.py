"""Two records of one pupil become one: what stands, what moves, what stays hidden, and back again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.actions.merge import STAYS, hanging_on_pupils
from pupils.forms import MergeForm
from pupils.imports import bring_in, register_counts
from pupils.imports.kinds import CONTACTS
from pupils.imports.people import Pupils
from pupils.models import (
    FamilyLetter,
    GroupPupil,
    Pupil,
    PupilAdult,
    PupilFlag,
    RegisterMove,
    SENNeed,
    SENRecord,
    TwoPupils,
)
from pupils.queries import Facts, find_pupils
from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Operation
from sendhub.tenancy import SchoolKey
from staff.imports.columns import Columns
from staff.imports.plan import Decision

UPN, SLIP = "A302412726001", "A302412726010"


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def twin(oakfield, inside, aisha):
    """A second record of Aïsha: as another system spells her, with a need, a contact and an adult of its own."""
    with inside():
        pupil = actions.add_pupil(
            school=oakfield.school, by=oakfield.office, on=timezone.localdate(), legal_forename="Ayesha",
            legal_surname="Khan", born_on=aisha.born_on, year_code="9", form="9D", mis_id="T9", upn=UPN, eal=True,
        )  # fmt: skip
        by, day = oakfield.office, timezone.localdate() - timedelta(days=20)
        actions.place_on_register(pupil=pupil, provision="E", starts_on=day, by=by)
        actions.set_needs(pupil=pupil, codes=["ASD", "SPLD"], on=day, by=by)
        mother = aisha.contacts.get()
        actions.add_contact(pupil=pupil, by=by, forename="PARENT", surname="Khan", language="Urdu", phone="1")
        actions.add_contact(pupil=pupil, by=by, forename="Omar", surname="Khan", phone="2")
        actions.change_contact(contact=mother, phone="", by=by)
        actions.link_adult(pupil=pupil, staff=oakfield.ta.staff, part="ta", starts_on=day, by=by)
        actions.link_adult(pupil=pupil, staff=oakfield.teacher.staff, part="key_adult", starts_on=day, by=by)
        return Pupil.objects.get(pk=pupil.pk)


@pytest.fixture
def merge(oakfield, aisha, twin):
    def run(columns=(), register=False, needs=False):
        return actions.merge_pupils(
            stands=aisha, other=twin, columns=columns, register_of_other=register, needs_of_other=needs,
            by=oakfield.sendco,
        )  # fmt: skip

    return run


def picture(school):
    """Every row of a table that hangs on a pupil, without versions."""
    found = {}
    for model in {model for model, _ in hanging_on_pupils()}:
        for row in model._base_manager.filter(school=school).values():
            row.pop("version", None)
            found[model._meta.label, row["id"]] = row
    return found


def test_every_table_that_hangs_on_a_pupil_moves_or_says_why_not():
    """A table that comes later is found by its key."""
    from django.apps import apps

    keys = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_fields
        if isinstance(field, SchoolKey) and field.related_model is Pupil
    }
    moving = {(model._meta.label, name) for model, name in hanging_on_pupils()}
    assert {("pupils.Contact", "pupil"), ("pupils.Pupil", "merged_into"), ("pupils.TwoPupils", "other")} <= moving
    assert {label for label, _ in keys - moving} == set(STAYS)


def test_what_hangs_on_the_other_record_moves_once(inside, oakfield, aisha, twin, merge):
    with inside():
        PupilFlag.objects.create(school=oakfield.school, pupil=twin, kind="concern", starts_on=date(2026, 1, 1))
        merge()
        twin.refresh_from_db()
        assert (twin.merged_into_id, twin.version) == (aisha.pk, 2)
        names = {contact.name: (contact.phone, contact.language) for contact in aisha.contacts.all()}
        assert names == {"Parent Khan": ("1", "Urdu"), "Omar Khan": ("2", "")}
        adults = PupilAdult.objects.filter(pupil=aisha, ends_on=None)
        assert sorted(adults.values_list("staff__code", "part")) == [
            ("dsl", "key_adult"),
            ("ta", "ta"),
            ("teacher", "key_adult"),
        ]
        assert PupilAdult.objects.get(pupil=twin).staff_id == oakfield.ta.staff_id  # it would have been there twice
        assert PupilFlag.objects.get().pupil_id == aisha.pk
        assert set(
            GroupPupil.objects.filter(pupil=aisha, ends_on=None, group__kind__in=["form", "year"]).values_list(
                "group__name", flat=True
            )
        ) == {"9C", "Year 9"}


def test_the_register_and_the_needs_of_the_one_that_stands_stay(inside, aisha, twin, merge):
    with inside():
        merge()
        assert list(SENRecord.objects.filter(pupil=aisha).values_list("provision", flat=True)) == ["K"]
        assert list(SENNeed.objects.filter(pupil=aisha).values_list("code", flat=True)) == ["SPLD"]
        assert SENRecord.objects.filter(pupil=twin).count() == 1


def test_the_register_and_the_needs_of_the_other_stand_as_a_whole(inside, aisha, twin, merge):
    with inside():
        merge(register=True, needs=True)
        assert list(SENRecord.objects.filter(pupil=aisha).values_list("provision", "ends_on")) == [("E", None)]
        assert list(SENRecord.objects.filter(pupil=twin).values_list("provision", "ends_on")) == [
            ("K", timezone.localdate())
        ]
        open_needs = SENNeed.objects.filter(pupil=aisha, ends_on=None)
        assert list(open_needs.values_list("code", flat=True)) == ["ASD", "SPLD"]
        assert not SENNeed.objects.filter(pupil=twin, ends_on=None).exists()


@pytest.mark.parametrize("stands", [True, False])
def test_a_letter_about_a_move_that_does_not_stand_is_not_sent(inside, oakfield, aisha, twin, merge, stands):
    with inside():
        day = timezone.localdate()
        move = RegisterMove.objects.create(
            school=oakfield.school, pupil=twin, before="N", after="K", on=day, reason="Tests", told="letter"
        )
        letter = FamilyLetter.objects.create(
            school=oakfield.school, pupil=twin, move=move, contact=twin.contacts.get(forename="PARENT"), way="post",
            addressee="Parent Khan", text="Dear Parent", written_on=day,
        )  # fmt: skip
        merge(register=stands)
        letter.refresh_from_db()
        assert (letter.pupil_id == aisha.pk, letter.withdrawn_on) == (stands, None if stands else day)
        assert letter.contact.pupil_id == aisha.pk  # one parent, one contact


def test_chosen_columns_stand_and_numbers_are_remembered(inside, oakfield, aisha, twin, merge):
    with inside():
        actions.change_pupil(
            pupil=aisha, version=1, upn=SLIP, speak_to_dsl=False, on=timezone.localdate(), by=oakfield.sendco
        )
        actions.change_pointer(pupil=twin, speak_to_dsl=True, by=oakfield.dsl)
        merge(columns=["upn", "mis_id", "legal_forename", "form"])
        aisha.refresh_from_db()
        twin.refresh_from_db()
        assert (aisha.upn, aisha.former_upn, aisha.mis_id) == (UPN, SLIP, "T9")
        assert (aisha.legal_forename, aisha.form, aisha.forename) == ("Ayesha", "9D", "Aïsha")
        assert aisha.sort_name == "khan aisha ayesha"
        assert aisha.speak_to_dsl is True  # a pointer is never lost
        assert (twin.upn, twin.mis_id) == ("", "")


def test_a_merge_that_is_undone_leaves_both_as_they_were(inside, oakfield, aisha, merge):
    with inside():
        before = picture(oakfield.school)
        operation = merge(columns=["upn", "mis_id", "forename", "legal_forename", "form"], register=True, needs=True)
        assert picture(oakfield.school) != before
        undone = undo_operation(operation=operation, by=oakfield.assistant)
        assert undone.kept == []
        assert picture(oakfield.school) == before


def test_the_hidden_record_is_nowhere(inside, oakfield, aisha, twin, merge):
    with inside():
        assert register_counts(oakfield.school) == {"K": 1, "E": 2}
        merge()
        assert register_counts(oakfield.school) == {"K": 1, "E": 1}
        for part in ("sendco", "office", "teacher", "ta", "head"):
            member = getattr(oakfield, part)
            assert twin.pk not in Pupil.objects.visible_to(member).values_list("pk", flat=True)
            assert find_pupils(member, "ayesha").rows == []
            assert twin.pk not in Facts(member).matching({"ids": None})
        assert not Pupil.objects.on_roll().filter(pk=twin.pk).exists()
        assert not Pupil.objects.on_roll_at(timezone.localdate()).filter(pk=twin.pk).exists()


def test_the_hidden_records_address_leads_to_the_one_that_stands(visit, inside, oakfield, aisha, twin, merge):
    with inside():
        merge()
    for part in ("sendco", "teacher"):
        answer = visit(part).get(f"pupils/{twin.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/s/oakfield/pupils/{aisha.pk}/")
    assert visit("sendco").get(f"pupils/{twin.pk}/contacts/").status_code == 404
    assert visit("sendco").get(f"pupils/{twin.pk}/change/").status_code == 404


def test_records_merged_one_after_the_other_lead_to_the_last(visit, inside, oakfield, aisha, twin, merge):
    mei = oakfield.pupils["mei"]
    with inside():
        merge()
        actions.merge_pupils(
            stands=mei, other=aisha, columns=[], register_of_other=False, needs_of_other=False, by=oakfield.sendco
        )
    assert visit("sendco").get(f"pupils/{twin.pk}/")["Location"] == f"/s/oakfield/pupils/{mei.pk}/"


def test_what_is_merged_already_is_refused(inside, oakfield, aisha, twin, merge):
    with inside():
        merge()
        with pytest.raises(ValidationError, match="part of another record"):
            merge()


def test_days_that_would_not_fit_are_refused(inside, oakfield, aisha, twin, merge):
    with inside():
        actions.mark_left(pupil=twin, left_on=date(2020, 1, 1), by=oakfield.sendco)
        twin.refresh_from_db()
        with pytest.raises(ValidationError, match="Choose both from one record"):
            merge(columns=["left_on"])
        assert Operation.objects.count() == 0


@pytest.mark.parametrize(
    ("part", "status"), [("sendco", 200), ("assistant", 200), ("admin", 403), ("office", 403), ("teacher", 403)]
)
def test_merging_is_for_those_who_lead_send(visit, aisha, twin, part, status):
    for path in (f"pupils/{aisha.pk}/merge/", f"pupils/{aisha.pk}/merge/{twin.pk}/", "pupils/doubles/"):
        assert visit(part).get(path).status_code == status


def test_what_the_reader_may_not_see_is_kept_without_a_word(oakfield, aisha, twin):
    sides = [{"register": "", "needs": "", "no_register": False, "no_needs": False}] * 2
    twin.in_care, aisha.in_care = True, None
    form = MergeForm(one=aisha, other=twin, member=oakfield.office, sides=sides)
    assert "in_care" in form.silent
    assert not {"In care", "Free meals"} & {*form.known, *(field.label for field in form.pairs())}


class TestScreens:
    def test_pupil_merge_offers_who_looks_alike_and_finds_by_name(self, visit, oakfield, aisha, twin):
        sendco = visit("sendco")
        page = sendco.text(f"pupils/{aisha.pk}/merge/")
        assert f"/pupils/{aisha.pk}/merge/{twin.pk}/" in page
        assert "names that sound alike" in page
        found = sendco.post(f"pupils/{aisha.pk}/merge/", {"q": "mei"}).content.decode()
        assert "Mei Zhou" in found
        assert "Nobody by that name" in sendco.post(f"pupils/{aisha.pk}/merge/", {"q": "nobody"}).content.decode()
        assert "Nobody by that name" in sendco.post(f"pupils/{aisha.pk}/merge/", {"q": ","}).content.decode()
        assert sendco.post(f"pupils/{aisha.pk}/merge/", {"q": ""}).status_code == 422

    def choices(self, aisha, twin, **changes):
        columns = ("forename", "legal_forename", "mis_id", "form")
        posted = {f"column_{name}": "one" for name in columns}
        return {
            **posted, "register": "one", "needs": "other", "versions": f"{aisha.version}-{twin.version}", **changes,
        }  # fmt: skip

    def test_merge_run_shows_both_and_makes_them_one(self, visit, inside, aisha, twin):
        sendco, path = visit("sendco"), f"pupils/{aisha.pk}/merge/{twin.pk}/"
        page = sendco.text(path)
        for words in ("Ayesha", "EHC plan since", "SEN Support since", "2 contacts", "Autism"):
            assert words in page, words
        assert "What only one of them knows is kept: Unique pupil number" in page
        answer = sendco.post(path, self.choices(aisha, twin, column_form="other"))
        assert (answer.status_code, answer["Location"]) == (302, f"/s/oakfield/pupils/{aisha.pk}/")
        with inside():
            aisha.refresh_from_db()
            assert (aisha.upn, aisha.forename, aisha.form, aisha.eal) == (UPN, "Aïsha", "9D", True)
            assert Operation.objects.get().title == "2 pupil records made one"
            assert set(SENNeed.objects.filter(pupil=aisha, ends_on=None).values_list("code", flat=True)) == {
                "ASD",
                "SPLD",
            }
        assert "2 pupil records made one" in sendco.text("work/operations/")

    def test_merge_run_is_seen_again_when_somebody_changed_one_meanwhile(self, visit, inside, aisha, twin):
        answer = visit("sendco").post(f"pupils/{aisha.pk}/merge/{twin.pk}/", self.choices(aisha, twin, versions="0-1"))
        assert answer.status_code == 422
        assert "Look again" in answer.content.decode()
        with inside():
            assert not Operation.objects.exists()

    def test_merge_run_says_what_does_not_fit(self, visit, inside, oakfield, aisha, twin):
        with inside():
            actions.mark_left(pupil=twin, left_on=date(2020, 1, 1), by=oakfield.sendco)
            twin.refresh_from_db()
        answer = visit("sendco").post(
            f"pupils/{aisha.pk}/merge/{twin.pk}/", self.choices(aisha, twin, column_left_on="other")
        )
        assert answer.status_code == 422
        assert "Choose both from one record" in answer.content.decode()

    def test_a_record_is_not_merged_with_itself(self, visit, aisha):
        assert visit("sendco").get(f"pupils/{aisha.pk}/merge/{aisha.pk}/").status_code == 404

    def test_double_list_shows_a_pair_until_somebody_says_that_they_are_two(self, visit, inside, aisha, twin):
        sendco = visit("sendco")
        page = sendco.text("pupils/doubles/")
        assert "1 pair of records looks alike" in page
        assert f"/merge/{twin.pk}/" in page or f"/merge/{aisha.pk}/" in page
        for _ in range(2):
            assert sendco.post(f"pupils/{twin.pk}/doubles/{aisha.pk}/two/").status_code == 302
        assert "No two records look alike" in sendco.text("pupils/doubles/")
        with inside():
            assert TwoPupils.objects.get().one_id == aisha.pk

    @pytest.mark.parametrize("pairs", [1, 3])
    def test_double_list_asks_as_often_for_many_as_for_one(self, visit, inside, oakfield, pairs):
        with inside():
            for number in range(pairs):
                for forename in ("Jonathan", "Johnathon"):
                    actions.add_pupil(
                        school=oakfield.school, by=oakfield.office, on=timezone.localdate(), legal_forename=forename,
                        legal_surname="Smith", born_on=date(2013, 3, 1 + number), year_code="9",
                    )  # fmt: skip
        sendco = visit("sendco")
        sendco.get("pupils/doubles/")
        with CaptureQueriesContext(connection) as queries:
            assert sendco.text("pupils/doubles/").count("They are two people") == pairs
        assert len(queries) == DOUBLE_QUERIES


DOUBLE_QUERIES = 12


@pytest.mark.parametrize(
    ("first", "second", "pair"),
    [
        ({"legal_forename": "Owen", "legal_surname": "Nia"}, {"legal_forename": "Nia", "legal_surname": "Owen"}, True),
        (
            {"legal_forename": "Ana", "legal_surname": "Costa"},
            {"legal_forename": "Rui", "legal_surname": "Costa"},
            False,
        ),
        ({"upn": UPN}, {"born_on": date(2012, 2, 2), "upn": SLIP}, True),
        ({"upn": UPN}, {"born_on": date(2012, 2, 2), "former_upn": UPN}, True),
        ({"upn": UPN}, {"born_on": date(2012, 2, 2), "upn": "B302412726777"}, False),
    ],
)
def test_what_looks_alike(visit, inside, oakfield, first, second, pair):
    plain = {"legal_forename": "Ida", "legal_surname": "Berg", "born_on": date(2013, 3, 3), "year_code": "9"}
    with inside():
        for said in ({**plain, **first}, {**plain, "legal_surname": "Quist", **second}):
            actions.add_pupil(school=oakfield.school, by=oakfield.office, on=timezone.localdate(), **said)
    page = visit("sendco").text("pupils/doubles/")
    assert ("1 pair of records" in page) is pair


def test_a_file_that_names_the_hidden_record_is_about_the_one_that_stands(inside, oakfield, aisha, twin, merge):
    """By its UPN, by its school number, by its name: no new pupil, and nobody absent."""
    with inside():
        merge()
        for upn, number, forename in (
            (UPN, "", "Ayesha"),
            ("", "T9", "Ayesha"),
            ("", "", "Ayesha"),
            ("", "001", "Aïsha"),
        ):
            data = (
                "UPN,Adno,Legal Surname,Legal Forename,DOB,Year,Form\n"
                f"{upn},{number},Khan,{forename},{aisha.born_on:%d/%m/%Y},9,9C\n"
            )
            plan, _ = bring_in(
                school=oakfield.school, data=data.encode(), filename="pupils.csv", by=oakfield.office, write=False
            )
            assert plan.counts()["new"] == 0, (upn, number, forename)
            assert {outcome.thing.pk for outcome in plan.outcomes if outcome.thing} <= {aisha.pk}
            assert plan.counts()["absent"] == 2


def test_a_list_of_contacts_that_names_the_hidden_record_is_about_the_one_that_stands(inside, aisha, twin, merge):
    with inside():
        merge()
        for record in ({"upn": UPN}, {"mis_id": "T9"}, {"mis_id": "001"}):
            assert Pupils(aisha.school, Columns(CONTACTS)).find(record, Decision("")) == (aisha, "")
        assert Pupils(aisha.school, Columns(CONTACTS)).find({}, Decision("same", twin.pk)) == (aisha, "")
