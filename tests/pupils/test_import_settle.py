"""What a person decides about a file before it is brought in: columns, how to take it, doubts, and who has left."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pupils.models import ImportBatch, ImportColumn, Pupil
from sendhub.kit.models import Draft
from tests.pupils.imports import file_of, joiner, main, row, title

LIST = "pupils/imports/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def doubtful(bring, oakfield):
    """A file in which two pupils of the cast have another surname."""
    aisha, mei = oakfield.pupils["aisha"], oakfield.pupils["mei"]
    return bring(file_of(row(aisha, surname="Khan-Bell"), row(mei, surname="Zhang"), joiner(1)))


def settle(visitor, batch, htmx=False, **decisions):
    data = {name.replace("_", "-"): value for name, value in decisions.items()}
    return visitor.post(f"{LIST}{batch.pk}/settle/?page=1", data, **(HTMX if htmx else {}))


def decided(lines, batch):
    return {name: line.decision for name, line in lines(batch).items() if line.state == "in_doubt"}


class TestColumns:
    def test_unknown_columns_come_first_and_by_their_names(self, visit, bring):
        page = visit("office").text(f"{LIST}{bring(file_of(joiner(1))).pk}/columns/")
        assert title(page) == "1 column is not read"
        labels = re.findall(r'<label for="id_column_\d+">([^<]+)', page)
        assert [label.strip() for label in labels][:2] == ["Shoe Size", "Adno"]

    def test_a_column_that_was_put_right_is_read_so_from_then_on(self, visit, bring, inside, oakfield):
        header = "Adno,Legal Surname,Legal Forename,DOB,House and form"
        file = f"9,Low,Ann,01/02/2014,{oakfield.pupils['mei'].form}"
        batch = bring(file_of(file, header=header))
        answer = visit("office").post(f"{LIST}{batch.pk}/columns/", columns_of(batch, column_4="form"))
        assert answer.status_code == 302
        with inside():
            batch.refresh_from_db()
            assert batch.columns[-1] == ["House and form", "form"]
            assert ImportColumn.objects.get().field == "form"
        assert bring(file_of(file, header=header)).columns[-1] == ["House and form", "form"]

    def test_what_would_not_be_such_a_file_any_more_is_refused_with_what_was_chosen(self, visit, bring):
        batch = bring(file_of(joiner(1)))
        answer = visit("office").post(f"{LIST}{batch.pk}/columns/", columns_of(batch, column_1="", column_0="form"))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "would not be a list of pupils any more" in main(page)
        assert re.search(r'name="column_0".*?<option value="form" selected>', page, re.S)

    def test_what_was_chosen_and_not_sent_is_there_again(self, visit, bring, inside):
        batch, office = bring(file_of(joiner(1))), visit("office")
        office.post(f"work/drafts/pupils.import_columns/{batch.pk}/", columns_of(batch, column_8="form", shown="1"))
        page = office.text(f"{LIST}{batch.pk}/columns/")
        assert "This is what you had chosen and not saved yet." in page
        assert re.search(r'name="column_8".*?<option value="form" selected>', page, re.S)
        assert "not saved yet" not in visit("sendco").text(f"{LIST}{batch.pk}/columns/")
        office.post(f"{LIST}{batch.pk}/columns/", columns_of(batch))
        with inside():
            assert not Draft.objects.exists()


def columns_of(batch, **other):
    return {f"column_{at}": field for at, (_, field) in enumerate(batch.columns)} | other


class TestChoices:
    def test_they_are_said_in_plain_words_and_kept_for_everybody(self, visit, bring, oakfield):
        batch = bring(file_of(*(row(oakfield.pupils[name]) for name in ("aisha", "leon"))))
        said = "Not the whole roll, names keep their accents, blanks change nothing."
        assert said in main(visit("office").text(f"{LIST}{batch.pk}/"))
        answer = visit("office").post(f"{LIST}{batch.pk}/choices/", {"whole_roll": "on", "take_blanks": "on"})
        assert answer.status_code == 302
        words = main(visit("sendco").text(f"{LIST}{batch.pk}/?tab=absent"))
        assert "The whole roll, names keep their accents, blanks empty what we hold." in words
        assert "Zhou, Mei" in words

    def test_what_is_plainly_not_the_whole_roll_is_refused(self, visit, bring, oakfield, inside):
        batch = bring(file_of(row(oakfield.pupils["leon"])))
        answer = visit("office").post(f"{LIST}{batch.pk}/choices/", {"whole_roll": "on"})
        assert answer.status_code == 422
        assert "So it can not say who has left." in main(answer.content.decode())
        with inside():
            batch.refresh_from_db()
            assert batch.choices["whole_roll"] is False

    def test_attendance_asks_for_its_day_and_for_nothing_else(self, visit, bring, oakfield, inside):
        aisha = oakfield.pupils["aisha"]
        header = "Adno,Possible Sessions,Attended Sessions"
        batch = bring(file_of(f"{aisha.mis_id},100,90", header=header))
        office = visit("office")
        page = office.text(f"{LIST}{batch.pk}/")
        assert "Attendance up to which day" in page
        assert "whole_roll" not in page
        ahead = timezone.localdate() + timedelta(days=1)
        answer = office.post(f"{LIST}{batch.pk}/choices/", {"taken_on": f"{ahead}"})
        assert answer.status_code == 422
        assert "That day has not come yet." in main(answer.content.decode())
        before = timezone.localdate() - timedelta(days=4)
        assert office.post(f"{LIST}{batch.pk}/choices/", {"taken_on": f"{before}"}).status_code == 302
        with inside():
            batch.refresh_from_db()
            assert batch.choices["taken_on"] == f"{before}"

    def test_a_tick_that_was_taken_away_and_not_sent_stays_away(self, visit, made):
        batch, office = made({"state": "new"}), visit("office")
        assert re.search(r'name="whole_roll"[^>]* checked', office.text(f"{LIST}{batch.pk}/"))
        office.post(f"work/drafts/pupils.import_choices/{batch.pk}/", {"shown": "1"})
        page = office.text(f"{LIST}{batch.pk}/")
        assert "This is what you had chosen and not saved yet." in page
        assert not re.search(r'name="whole_roll"[^>]* checked', page)


class TestDoubts:
    def test_both_sides_stand_beside_each_other(self, visit, doubtful):
        words = main(visit("office").text(f"{LIST}{doubtful.pk}/?tab=in_doubt"))
        assert "In the file Here: Aïsha Khan, 9C" in words
        assert "Legal surname Khan-Bell Khan (differs)" in words
        assert "Date of birth 1 September" in words
        for choice in ("The same pupil", "Somebody new", "Leave it out"):
            assert choice in words

    @pytest.fixture
    def twin(self, inside, oakfield):
        """Another pupil of Aïsha's name and birthday."""
        aisha = oakfield.pupils["aisha"]
        with inside():
            return Pupil.objects.create(
                school=oakfield.school, mis_id="077", legal_surname="Khan", legal_forename="Aïsha", surname="Khan",
                forename="Aïsha", sort_name="khan aisha", born_on=aisha.born_on, form="9D",
            )  # fmt: skip

    def test_a_row_that_may_be_about_two_pupils_offers_both(self, visit, bring, oakfield, twin, lines):
        batch = bring(file_of(row(oakfield.pupils["aisha"], number="")))
        words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=in_doubt"))
        assert "The same as Aïsha Khan, 9C" in words
        assert "The same as Aïsha Khan, 9D" in words
        (line,) = lines(batch).values()
        assert settle(visit("office"), batch, **{f"line_{line.pk}": f"same:{twin.pk}"}).status_code == 302
        assert lines(batch)[line.name].pupil_id == twin.pk
        page = visit("office").text(f"{LIST}{batch.pk}/?tab=in_doubt")
        assert re.search(rf'value="same:{twin.pk}"[^>]* checked', page)

    def test_a_pupil_who_is_on_neither_side_is_refused(self, visit, doubtful, oakfield, lines):
        line = lines(doubtful)["Khan-Bell, Aïsha"]
        answer = settle(visit("office"), doubtful, **{f"line_{line.pk}": f"same:{oakfield.pupils['leon'].pk}"})
        assert answer.status_code == 422
        assert decided(lines, doubtful) == {"Khan-Bell, Aïsha": "", "Zhang, Mei": ""}

    def test_they_are_settled_and_then_brought_in(self, visit, doubtful, lines, work_off, oakfield, cast_pupil, inside):
        found, office = lines(doubtful), visit("office")
        same = {f"line_{found['Khan-Bell, Aïsha'].pk}": f"same:{oakfield.pupils['aisha'].pk}"}
        answer = settle(office, doubtful, **same, **{f"line_{found['Zhang, Mei'].pk}": "new"})
        assert answer.status_code == 302
        page = office.text(f"{LIST}{doubtful.pk}/")
        assert title(page) == "3 pupils: 1 new"
        assert "1 that was in doubt is brought in as the same." in main(page)
        assert "1 that was in doubt is brought in as somebody new." in main(page)
        assert "Bring in 3 pupils" in main(page)
        office.post(f"{LIST}{doubtful.pk}/apply/")
        work_off(doubtful)
        assert cast_pupil(oakfield.pupils["aisha"]).legal_surname == "Khan-Bell"
        assert cast_pupil(oakfield.pupils["mei"]).legal_surname == "Zhou"
        with inside():
            assert Pupil.objects.filter(legal_surname="Zhang", legal_forename="Mei").count() == 1

    def test_with_script_each_choice_is_saved_as_it_is_made(self, visit, doubtful, lines, oakfield):
        line = lines(doubtful)["Khan-Bell, Aïsha"]
        same = {f"line_{line.pk}": f"same:{oakfield.pupils['aisha'].pk}"}
        part = settle(visit("office"), doubtful, htmx=True, **same).content.decode()
        assert 'id="import-title" hx-swap-oob="true"' in part
        assert "3 pupils: 1 new, 1 in doubt" in part
        assert "Bring in 2 pupils" in part
        assert decided(lines, doubtful) == {"Khan-Bell, Aïsha": "same", "Zhang, Mei": ""}
        settle(visit("office"), doubtful, htmx=True, **{f"line_{line.pk}": ""})
        assert decided(lines, doubtful)["Khan-Bell, Aïsha"] == ""

    def test_an_old_page_does_not_take_back_what_somebody_else_decided(self, visit, doubtful, lines):
        first, second = lines(doubtful)["Khan-Bell, Aïsha"], lines(doubtful)["Zhang, Mei"]
        settle(visit("sendco"), doubtful, htmx=True, **{f"line_{first.pk}": "leave"})
        old_page = {f"line_{first.pk}": "", f"was_{first.pk}": "", f"line_{second.pk}": "new", f"was_{second.pk}": ""}
        settle(visit("office"), doubtful, **old_page)
        assert decided(lines, doubtful) == {"Khan-Bell, Aïsha": "leave", "Zhang, Mei": "new"}
        assert re.search(
            rf'name="line-{first.pk}" value="leave"[^>]* checked', visit("office").text(f"{LIST}{doubtful.pk}/")
        )

    @pytest.fixture
    def twice(self, bring, oakfield):
        """Two rows that both say they are Aïsha, with different forms."""
        aisha = oakfield.pupils["aisha"]
        return bring(file_of(row(aisha, form="9A"), row(aisha, form="9B")))

    def test_two_rows_never_become_one_pupil(self, visit, twice, oakfield, inside):
        with inside():
            one, two = twice.lines.order_by("row")
        same = f"same:{oakfield.pupils['aisha'].pk}"
        office = visit("office")
        assert settle(office, twice, **{f"line_{one.pk}": same}).status_code == 302
        answer = settle(office, twice, htmx=True, **{f"line_{two.pk}": same})
        assert answer.status_code == 422
        assert b'hx-swap-oob="innerHTML:#oops"' in answer.content
        assert "Another row of this file is about this person already." in answer.content.decode()
        answer = settle(office, twice, **{f"line_{two.pk}": same})
        assert answer.status_code == 422
        assert "Another row of this file is about this person already." in main(answer.content.decode())

    def test_changed_surnames_are_looked_at_and_taken_together(self, visit, doubtful, lines):
        office = visit("office")
        assert "Look at these 2 together" in office.text(f"{LIST}{doubtful.pk}/?tab=in_doubt")
        page = office.text(f"{LIST}{doubtful.pk}/same/")
        assert "2 changed surnames: the same pupils?" in main(page)
        assert "Khan-Bell, Aïsha Aïsha Khan 9C" in main(page)
        ids = re.findall(r'name="ids" value="(\d+)" checked', page)
        assert len(ids) == 2
        answer = office.post(f"{LIST}{doubtful.pk}/same/", {"ids": ids})
        assert answer.status_code == 302
        assert set(decided(lines, doubtful).values()) == {"same"}
        assert "No changed surname waits" in office.text(f"{LIST}{doubtful.pk}/same/")

    def test_only_what_is_ticked_is_taken(self, visit, doubtful, lines):
        found, office = lines(doubtful), visit("office")
        assert office.post(f"{LIST}{doubtful.pk}/same/", {}).status_code == 422
        assert office.post(f"{LIST}{doubtful.pk}/same/", {"ids": "999999"}).status_code == 422
        office.post(f"{LIST}{doubtful.pk}/same/", {"ids": found["Zhang, Mei"].pk})
        assert decided(lines, doubtful) == {"Khan-Bell, Aïsha": "", "Zhang, Mei": "same"}

    def test_two_changed_surnames_of_one_pupil_do_not_both_pass(self, visit, made, oakfield, lines):
        aisha = oakfield.pupils["aisha"]
        words = "The surname is another one. Is this the same pupil?"
        cells = [["Bell", "Aïsha", f"{aisha.born_on}", ""]]
        batch = made(*({"state": "in_doubt", "pupil": aisha, "words": words, "cells": cells} for _ in range(2)))
        ids = [line.pk for line in lines(batch).values()]
        office = visit("office")
        assert office.post(f"{LIST}{batch.pk}/same/", {"ids": ids}).status_code == 302
        assert sorted(decided(lines, batch).values()) == ["", "same"]
        assert "1 stays in doubt: another row is about the same pupil." in main(office.text(f"{LIST}{batch.pk}/"))

    def test_a_doubt_about_a_contact_shows_the_row_and_the_pupil(self, visit, bring, oakfield, lines):
        aisha = oakfield.pupils["aisha"]
        header = "Adno,Student Name,Surname,Forename,Relationship"
        batch = bring(file_of(f'{aisha.mis_id},"Bell, Aisha",Bell,Anna,Mother', header=header))
        words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=in_doubt"))
        assert "Relationship Mother" in words
        assert "Here: Aïsha Khan" in words
        line = next(iter(lines(batch).values()))
        assert settle(visit("office"), batch, **{f"line_{line.pk}": "same:"}).status_code == 302
        assert decided(lines, batch) == {line.name: "same"}


class TestLeavers:
    @pytest.fixture
    def roll(self, bring, visit, oakfield):
        """A file that is said to be the whole roll, without Mei."""
        batch = bring(file_of(*(row(oakfield.pupils[name]) for name in ("aisha", "leon"))))
        visit("office").post(f"{LIST}{batch.pk}/choices/", {"whole_roll": "on"})
        return batch

    def test_nobody_is_listed_unless_the_file_is_the_whole_roll(self, visit, bring, oakfield):
        batch = bring(file_of(row(oakfield.pupils["aisha"]), row(oakfield.pupils["leon"])))
        words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=absent"))
        assert "Who is missing from the file is not taken as gone" in words
        assert "Zhou" not in words
        assert "They have left" not in words

    def test_who_was_ticked_leaves_with_that_day_when_it_is_brought_in(
        self, visit, roll, lines, work_off, oakfield, cast_pupil
    ):
        mei, office = oakfield.pupils["mei"], visit("office")
        day = timezone.localdate() - timedelta(days=9)
        line = lines(roll)["Zhou, Mei"]
        answer = office.post(f"{LIST}{roll.pk}/leavers/?page=1", {"ids": line.pk, "last_day": f"{day}"})
        assert answer.status_code == 302
        assert cast_pupil(mei).left_on is None  # not yet
        words = main(office.text(f"{LIST}{roll.pk}/?tab=absent"))
        assert "1 pupil is marked as having left." in words
        assert "Leaves" in words
        assert "Mark 1 leaver" in words
        office.post(f"{LIST}{roll.pk}/apply/")
        work_off(roll)
        assert cast_pupil(mei).left_on == day

    def test_it_can_be_taken_back_before(self, visit, roll, lines):
        office, line = visit("office"), lines(roll)["Zhou, Mei"]
        office.post(f"{LIST}{roll.pk}/leavers/", {"ids": line.pk, "last_day": f"{timezone.localdate()}"})
        office.post(f"{LIST}{roll.pk}/leavers/", {"ids": line.pk, "last_day": "", "back": "1"})
        assert "Stays on roll" in main(office.text(f"{LIST}{roll.pk}/?tab=absent"))
        assert lines(roll)["Zhou, Mei"].decision == ""

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"ids": []}, "Tick at least one first."),
            ({"last_day": ""}, "Say which day was their last."),
            ({"last_day": "2031-01-01"}, "That day has not come yet."),
            ({"last_day": "2001-01-01"}, "One of them came after that day."),
        ],
    )
    def test_what_can_not_be_comes_back_with_its_ticks(self, visit, roll, lines, sent, said):
        line = lines(roll)["Zhou, Mei"]
        data = {"ids": line.pk, "last_day": f"{timezone.localdate()}", **sent}
        answer = visit("office").post(f"{LIST}{roll.pk}/leavers/?tab=absent", data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in main(page)
        assert (f'value="{line.pk}" aria-label="Zhou, Mei" checked' in page) == bool(data["ids"])
        assert lines(roll)["Zhou, Mei"].decision == ""


def test_nothing_is_decided_about_a_file_that_was_brought_in(visit, bring, work_off, inside):
    batch, office = bring(file_of(joiner(1))), visit("office")
    office.post(f"{LIST}{batch.pk}/apply/")
    work_off(batch)
    for path in ("columns", "choices", "settle", "same", "leavers"):
        assert office.post(f"{LIST}{batch.pk}/{path}/", {"ids": "1"}).status_code == 404
    with inside():
        assert ImportBatch.objects.get().state == "applied"


@pytest.mark.parametrize(
    ("columns", "cells", "found"),
    [
        (["name", "born_on"], ["Khan, Aïsha", "{born}"], True),
        (["pupil_name", "mis_id"], ["Khan, Aïsha", "1"], True),
        (["name", "born_on"], ["Aïsha Khan", "{born}"], False),  # which word is the surname?
        (["legal_surname", "born_on"], ["Khan", "31/02/2013"], False),
        (["legal_surname", "upn"], ["Bell", "A123456789012"], True),
    ],
)
def test_both_sides_are_found_by_what_the_row_has(visit, made, oakfield, inside, columns, cells, found):
    aisha = oakfield.pupils["aisha"]
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(upn="A123456789012", mis_id="1")
    cells = [cell.format(born=aisha.born_on.isoformat()) for cell in cells]
    batch = made({"state": "in_doubt", "cells": [cells]}, columns=[[name, name] for name in columns])
    words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=in_doubt"))
    assert ("Here: Aïsha Khan, 9C" in words) == found
    assert ("Here: nobody found" in words) != found


def test_doubts_of_a_file_that_is_in_are_read_and_say_how_to_settle_them(visit, made, oakfield):
    aisha = oakfield.pupils["aisha"]
    lines = ({"state": state, "pupil": aisha, "cells": [["Bell"]]} for state in ("in_doubt", "absent"))
    batch = made(*lines, state="applied", applied_at=timezone.now())
    words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=in_doubt"))
    assert "To settle them, download the rows that were not brought in" in words
    assert "Save these decisions" not in words
    assert "They have left" not in main(visit("office").text(f"{LIST}{batch.pk}/?tab=absent"))
