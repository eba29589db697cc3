"""An operation is undone from its history: what nobody changed since goes back, the rest stays and is listed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils.actions import (
    add_contact,
    add_pupil,
    change_contact,
    change_pupil,
    link_adult,
    mark_left,
    place_on_register,
    set_needs,
)
from pupils.models import Contact, GroupPupil, ImportBatch, ImportLine, Pupil, SENRecord
from sendhub.audit import SYSTEM, acting
from sendhub.kit import operations, undo
from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Operation
from sendhub.tenancy import school_context
from staff.models import TeachingGroup

DAY = date(2026, 11, 20)


@pytest.fixture
def begin(oakfield):
    """`with begin() as operation:` writes as the SENDCO, in one go."""

    def run(kind="register.moves", **options):
        return operations.operation(
            school_id=oakfield.school.pk, kind=kind, title="2 pupils", by=oakfield.sendco, **options
        )

    return run


@pytest.fixture
def take_back(oakfield):
    def run(operation, by=None):
        return undo_operation(operation=operation, by=by or oakfield.sendco)

    return run


def new_pupil(oakfield, surname="New"):
    return add_pupil(
        school=oakfield.school, by=oakfield.sendco, on=DAY, legal_forename="Nia", legal_surname=surname,
        born_on=date(2012, 5, 4), year_code="9", form="9C",
    )  # fmt: skip


def stands(model, **which):
    return model.objects.filter(**which).exists()


def test_what_an_operation_added_goes(oakfield, begin, take_back):
    with begin() as operation:
        pupil = new_pupil(oakfield)
        add_contact(pupil=pupil, by=oakfield.sendco, forename="P", surname="New")
        set_needs(pupil=pupil, codes=["SPLD"], on=DAY, by=oakfield.sendco)
    undone = take_back(operation)
    assert undone.kept == []
    assert (undone.undone_by, undone.undone_at is not None) == (f"user:{oakfield.sendco.user_id}", True)
    assert not stands(Pupil, pk=pupil.pk)
    assert not stands(Contact, pupil_id=pupil.pk)
    assert not stands(GroupPupil, pupil_id=pupil.pk)
    assert not stands(TeachingGroup, kind="form", name="9C")


def test_what_an_operation_changed_stands_as_before_one_version_on(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        change_pupil(pupil=aisha, version=1, form="9D", surname="Ahmed", on=DAY, by=oakfield.sendco)
        place_on_register(pupil=aisha, provision="E", starts_on=DAY, by=oakfield.sendco)
    assert SENRecord.objects.get(pupil=aisha, ends_on=None).provision == "E"
    assert take_back(operation).kept == []
    aisha.refresh_from_db()
    assert (aisha.form, aisha.surname, aisha.sort_name, aisha.version) == ("9C", "Khan", "khan aisha", 3)
    assert list(SENRecord.objects.filter(pupil=aisha).values_list("provision", "ends_on")) == [("K", None)]


def test_what_an_operation_took_away_comes_back_with_its_number(oakfield, begin, take_back):
    contact = oakfield.pupils["aisha"].contacts.get()
    before = Contact.objects.filter(pk=contact.pk).values().get()
    with begin() as operation:
        change_contact(contact=contact, phone="1", by=oakfield.sendco)
        contact.delete()
    assert take_back(operation).kept == []
    assert Contact.objects.filter(pk=before["id"]).values().get() == before


def test_the_version_of_a_row_that_comes_back_goes_one_up(oakfield, begin, take_back):
    pupil = new_pupil(oakfield)
    with begin() as operation:
        GroupPupil.objects.filter(pupil=pupil).delete()
        pupil_id = pupil.pk
        pupil.delete()
    assert take_back(operation).kept == []
    assert Pupil.objects.get(pk=pupil_id).version == 2
    assert GroupPupil.objects.filter(pupil_id=pupil_id).count() == 2


def test_a_row_that_came_and_went_within_it_leaves_no_trace(oakfield, begin, take_back):
    with begin() as operation:
        add_contact(pupil=oakfield.pupils["mei"], by=oakfield.sendco, forename="P", surname="Zhou").delete()
    assert take_back(operation).kept == []
    assert undo.counts(operation) == []


def test_what_somebody_changed_since_stays_and_is_listed_without_its_value(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        change_pupil(pupil=aisha, version=1, upn="A1", forename="Aisha", on=DAY, by=oakfield.sendco)
    change_pupil(pupil=aisha, version=2, forename="Ashi", on=DAY, by=oakfield.admin)
    kept = take_back(operation).kept
    assert kept == [["pupils.Pupil", aisha.pk, aisha.pk, "Name as spoken: somebody has changed this since"]]
    aisha.refresh_from_db()
    assert (aisha.forename, aisha.upn, aisha.sort_name) == ("Ashi", "", "khan ashi aisha")


def test_columns_that_follow_from_others_are_worked_out_again(oakfield, begin, take_back):
    """The operation changed the forename, somebody since the surname: the key of the list must fit what stands now."""
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        change_pupil(pupil=aisha, version=1, forename="Ashi", on=DAY, by=oakfield.sendco)
    change_pupil(pupil=aisha, version=2, surname="Ahmed", on=DAY, by=oakfield.admin)
    assert take_back(operation).kept == []
    aisha.refresh_from_db()
    assert (aisha.name, aisha.sort_name) == ("Aïsha Ahmed", "ahmed aisha khan")


def test_a_change_that_somebody_put_right_themselves_is_not_listed(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        change_pupil(pupil=aisha, version=1, forename="Ashi", on=DAY, by=oakfield.sendco)
    change_pupil(pupil=aisha, version=2, forename="Aïsha", on=DAY, by=oakfield.admin)
    assert take_back(operation).kept == []


def test_a_column_that_not_everybody_may_know_of_is_not_named(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        change_pupil(pupil=aisha, version=1, in_care=True, fsm=False, on=DAY, by=oakfield.sendco)
    change_pupil(pupil=aisha, version=2, in_care=None, fsm=None, on=DAY, by=oakfield.admin)
    assert [words for *_, words in take_back(operation).kept] == [
        "Something confidential: somebody has changed this since"
    ]


def test_an_added_row_that_somebody_changed_or_took_away_since(oakfield, begin, take_back):
    mei = oakfield.pupils["mei"]
    with begin() as operation:
        changed, gone = (
            add_contact(pupil=mei, by=oakfield.sendco, forename=name, surname="Zhou") for name in ("Bo", "Li")
        )
    change_contact(contact=changed, phone="020", by=oakfield.office)
    with acting(SYSTEM, "test.write"):
        gone.delete()
    kept = take_back(operation).kept
    assert kept == [["pupils.Contact", changed.pk, mei.pk, "Phone: somebody has changed this since"]]
    assert stands(Contact, pk=changed.pk)


def test_a_changed_row_that_somebody_took_away_since_does_not_come_back(oakfield, begin, take_back):
    contact = oakfield.pupils["aisha"].contacts.get()
    pk = contact.pk
    with begin() as operation:
        change_contact(contact=contact, phone="020", by=oakfield.sendco)
    with acting(SYSTEM, "test.write"):
        contact.delete()
    assert take_back(operation).kept == [
        ["pupils.Contact", pk, oakfield.pupils["aisha"].pk, "Somebody has taken it away since"]
    ]


def test_an_added_pupil_on_whom_others_have_worked_stays(oakfield, begin, take_back):
    with begin("import.apply") as operation:
        pupil = new_pupil(oakfield)
        add_contact(pupil=pupil, by=oakfield.sendco, forename="P", surname="New")
    link_adult(pupil=pupil, staff=oakfield.ta.staff, part="ta", starts_on=DAY, by=oakfield.sendco)
    kept = take_back(operation).kept
    assert kept == [
        ["pupils.Pupil", pupil.pk, pupil.pk, "Something that is not part of this belongs to it (adult’s part)"]
    ]
    assert stands(Pupil, pk=pupil.pk)
    assert not stands(Contact, pupil=pupil)


def test_what_stays_keeps_what_it_hangs_on(oakfield, begin, take_back):
    """A contact that somebody changed keeps its pupil, who was added with it."""
    with begin() as operation:
        pupil = new_pupil(oakfield)
        contact = add_contact(pupil=pupil, by=oakfield.sendco, forename="P", surname="New")
    change_contact(contact=contact, phone="020", by=oakfield.office)
    kept = {(label, pk) for label, pk, *_ in take_back(operation).kept}
    assert kept == {("pupils.Contact", contact.pk), ("pupils.Pupil", pupil.pk)}
    assert stands(Pupil, pk=pupil.pk)


def test_an_open_row_that_something_newer_replaced_stays_ended(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        place_on_register(pupil=aisha, provision="N", starts_on=DAY, by=oakfield.sendco)
    record = SENRecord.objects.get(pupil=aisha)
    place_on_register(pupil=aisha, provision="E", starts_on=DAY + timedelta(days=1), by=oakfield.sendco)
    assert take_back(operation).kept == [
        ["pupils.SENRecord", record.pk, aisha.pk, "Last day: something newer has taken its place"]
    ]
    assert SENRecord.objects.get(pupil=aisha, ends_on=None).provision == "E"


def test_only_the_column_that_clashes_stays(oakfield, begin, take_back):
    aisha, mei = oakfield.pupils["aisha"], oakfield.pupils["mei"]
    aisha = change_pupil(pupil=aisha, version=1, upn="A1", on=DAY, by=oakfield.sendco)
    with begin() as operation:
        change_pupil(pupil=aisha, version=2, upn="A2", forename="Ashi", on=DAY, by=oakfield.sendco)
    change_pupil(pupil=mei, version=1, upn="A1", on=DAY, by=oakfield.sendco)
    kept = take_back(operation).kept
    assert kept == [["pupils.Pupil", aisha.pk, aisha.pk, "Unique pupil number: something newer has taken its place"]]
    aisha.refresh_from_db()
    assert (aisha.upn, aisha.forename) == ("A2", "Aïsha")


def test_a_number_that_went_from_one_to_another_goes_back(oakfield, begin, take_back):
    """Whichever row is put back first: one must give the number up before the other can have it."""
    aisha, mei = oakfield.pupils["aisha"], oakfield.pupils["mei"]
    aisha = change_pupil(pupil=aisha, version=1, upn="A1", on=DAY, by=oakfield.sendco)
    mei = change_pupil(pupil=mei, version=1, upn="M1", on=DAY, by=oakfield.sendco)
    with begin() as operation:
        aisha = change_pupil(pupil=aisha, version=2, upn="", on=DAY, by=oakfield.sendco)
        mei = change_pupil(pupil=mei, version=2, upn="A1", on=DAY, by=oakfield.sendco)
        change_pupil(pupil=aisha, version=3, upn="M1", on=DAY, by=oakfield.sendco)
        change_pupil(pupil=mei, version=3, upn="", on=DAY, by=oakfield.sendco)
    assert take_back(operation).kept == []
    assert [Pupil.objects.get(pk=p.pk).upn for p in (aisha, mei)] == ["A1", "M1"]


def test_a_row_whose_place_is_taken_does_not_come_back(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    place = GroupPupil.objects.filter(pupil=aisha).first()
    pk, group = place.pk, place.group
    with begin() as operation:
        place.delete()
    with acting(SYSTEM, "test.write"):
        GroupPupil.objects.create(school=oakfield.school, group=group, pupil=aisha)
    assert take_back(operation).kept == [["pupils.GroupPupil", pk, aisha.pk, "Something newer has taken its place"]]


def test_what_it_belonged_to_has_gone(oakfield, begin, take_back):
    new, mei = new_pupil(oakfield), oakfield.pupils["mei"]
    contact = add_contact(pupil=new, by=oakfield.sendco, forename="P", surname="New")
    other = add_contact(pupil=new, by=oakfield.sendco, forename="Q", surname="New")
    with begin() as operation:
        change_contact(contact=contact, pupil=mei, phone="1", by=oakfield.sendco)
        other_pk = other.pk
        other.delete()
    new_pk = new.pk
    with acting(SYSTEM, "test.write"):
        new.delete()
    kept = {tuple(row) for row in take_back(operation).kept}
    assert kept == {
        ("pupils.Contact", contact.pk, mei.pk, "Pupil: what it belonged to is not there any more"),
        ("pupils.Contact", other_pk, new_pk, "What it belonged to is not there any more"),
    }
    assert Contact.objects.get(pk=contact.pk).phone == ""


def test_a_working_copy_holds_nothing_back(oakfield, begin, take_back):
    """The lines of a file that was looked through point to pupils; they are no work on a pupil."""
    with begin("import.apply") as operation:
        pupil = new_pupil(oakfield)
    row = {"school": oakfield.school, "state": "new", "name": "Nia New"}
    with acting(SYSTEM, "test.write"):
        batch = ImportBatch.objects.create(school=oakfield.school, file_name="x.csv", digest="d")
        ImportLine.objects.create(**row, batch=batch, row=2, pupil=pupil)
    assert take_back(operation).kept == []
    assert list(ImportLine.objects.values_list("row", "pupil_id")) == [(2, None)]


def test_a_working_copy_that_may_not_point_to_nothing_goes_as_well(oakfield, begin, take_back):
    with begin("import.apply") as operation:
        pupil = new_pupil(oakfield)
    with acting(SYSTEM, "test.write"):
        batch = ImportBatch.objects.create(school=oakfield.school, file_name="x.csv", digest="d")
        ImportLine.objects.create(
            school=oakfield.school, batch=batch, row=2, state="in_doubt", name="Nia New", pupil=pupil, decision="same"
        )
    assert take_back(operation).kept == []
    assert not ImportLine.objects.exists()


def test_twice_and_too_late_are_sentences(oakfield, begin, take_back):
    with begin() as operation:
        mark_left(pupil=oakfield.pupils["aisha"], left_on=DAY, by=oakfield.sendco)
    take_back(operation)
    with pytest.raises(operations.Refused, match="undone already"):
        take_back(operation)
    with begin(days=-1) as late:
        pass
    with pytest.raises(operations.Refused, match="can not be undone any more"):
        take_back(late)


def test_the_undo_has_a_history_of_its_own(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as operation:
        change_pupil(pupil=aisha, version=1, forename="Ashi", on=DAY, by=oakfield.sendco)
    take_back(operation, by=oakfield.assistant)
    context = aisha.events.order_by("pgh_id").last().pgh_context
    assert (context["verb"], context["undoes"], context["actor"]) == (
        "operation.undo",
        operation.pk,
        f"user:{oakfield.assistant.user_id}",
    )
    assert "operation" not in context


def test_operations_undone_in_either_order(oakfield, begin, take_back):
    aisha = oakfield.pupils["aisha"]
    with begin() as first:
        change_pupil(pupil=aisha, version=1, forename="One", on=DAY, by=oakfield.sendco)
    with begin() as second:
        change_pupil(pupil=aisha, version=2, forename="Two", on=DAY, by=oakfield.sendco)
    assert len(take_back(first).kept) == 1
    assert take_back(second).kept == []
    aisha.refresh_from_db()
    assert aisha.forename == "One"  # as it stood before the second; the first said that it left this


def test_what_a_kind_does_besides_is_called_when_it_is_undone(oakfield, begin, take_back, monkeypatch):
    heard = []
    monkeypatch.setitem(
        operations._kinds, "test.kind", operations.Kind("Test", undone=lambda operation, by: heard.append(operation.pk))
    )
    with begin("test.kind") as operation:
        pass
    take_back(operation)
    assert heard == [operation.pk]


def test_another_schools_rows_are_out_of_reach(cast, begin, take_back):
    with begin() as operation:
        mark_left(pupil=cast.oakfield.pupils["aisha"], left_on=DAY, by=cast.oakfield.sendco)
    with school_context(cast.hillside.school.pk), pytest.raises(Operation.DoesNotExist):
        take_back(operation)


def test_undo_asks_as_often_for_many_rows_as_for_one(oakfield, begin, take_back):
    asked = {}
    for rows in (1, 3, 9):
        with begin("import.apply") as operation:
            pupil = oakfield.pupils["mei"]
            contacts = [Contact(school=oakfield.school, pupil=pupil, forename=str(n), surname="Z") for n in range(rows)]
            Contact.objects.bulk_create(contacts)
            Contact.objects.filter(pupil=oakfield.pupils["aisha"]).update(phone=str(rows))
        with CaptureQueriesContext(connection) as queries:
            take_back(operation)
        asked[rows] = len(queries)
    assert len(set(asked.values())) == 1, asked


def test_who_may_undo(oakfield, begin):
    with begin("register.moves") as moves:
        pass
    with begin("nobody.registered") as own:
        pass
    may = {part for part in oakfield.people if operations.may_undo(oakfield.people[part], moves)}
    assert may == {"sendco", "assistant"}
    assert {part for part in oakfield.people if operations.may_undo(oakfield.people[part], own)} == {"sendco"}
