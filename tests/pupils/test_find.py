"""Find a pupil: any name or form, accents or none, and only those in scope."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.actions import change_pupil
from pupils.models import Pupil
from pupils.queries import find_pupils, recent_pupils
from pupils.queries.find import Found
from sendhub.audit import log_access


def hits(found):
    return [hit.name for hit in found.rows]


@pytest.mark.parametrize(
    ("part", "text", "expected"),
    [
        ("sendco", "aisha", ["Aïsha Khan"]),
        ("sendco", "AÏSHA", ["Aïsha Khan"]),
        ("sendco", "kha", ["Aïsha Khan"]),
        ("sendco", "han", []),  # not the middle of a name
        ("sendco", "khan, aisha", ["Aïsha Khan"]),
        ("sendco", "aisha 9c", ["Aïsha Khan"]),
        ("sendco", "aisha 8b", []),
        ("sendco", "9c", ["Aïsha Khan", "Mei Zhou"]),
        ("sendco", "9", ["Aïsha Khan", "Mei Zhou"]),
        ("sendco", "8B", ["Leon Walker"]),
        ("sendco", "gale", []),  # has left
        ("sendco", "left gale", ["Gale Left"]),
        ("sendco", "gale left 9c", ["Gale Left"]),
        ("sendco", "left", ["Gale Left"]),
        ("sendco", "left khan", []),  # is here
        ("teacher", "gale left", []),  # taught her, and does not any more
        ("sendco", "khan aïsha", ["Aïsha Khan"]),
        ("sendco", "9C khan", ["Aïsha Khan"]),
        ("sendco", "year 9", ["Aïsha Khan", "Mei Zhou"]),
        ("sendco", "Y9 mei", ["Mei Zhou"]),
        ("teacher", "leon", []),  # not theirs
        ("teacher", "mei", ["Mei Zhou"]),
        ("office", "leon", ["Leon Walker"]),
        ("sendco", " , ", []),
        ("sendco", "k(", []),
    ],
)
def test_find_pupils_by_part_of_a_name_or_a_form(oakfield, inside, part, text, expected):
    with inside():
        found = find_pupils(getattr(oakfield, part), text)
    assert [name for name in hits(found) if not found.near] == expected


def test_find_pupils_by_a_legal_name(oakfield, inside):
    with inside():
        change_pupil(
            pupil=oakfield.pupils["mei"],
            by=oakfield.sendco,
            on=timezone.localdate(),
            version=1,
            legal_forename="Měilíng",
        )
        assert hits(find_pupils(oakfield.sendco, "meiling")) == ["Mei Zhou"]


def test_find_never_gives_a_record_that_became_part_of_another(oakfield, inside):
    mei, gone = oakfield.pupils["mei"], oakfield.pupils["gone"]
    with inside():
        Pupil.objects.filter(pk__in=[mei.pk, gone.pk]).update(merged_into=oakfield.pupils["aisha"])
        for text in ("mei", "left gale", "left"):
            assert hits(find_pupils(oakfield.sendco, text)) == []


def test_who_is_called_left_is_found_with_those_who_have_left(oakfield, inside):
    with inside():
        Pupil.objects.filter(pk=oakfield.pupils["mei"].pk).update(surname="Left", sort_name="left mei")
        found = find_pupils(oakfield.sendco, "left")
    assert [(hit.name, hit.place[:4]) for hit in found.rows] == [("Mei Left", "9C, "), ("Gale Left", "Left")]


def test_find_offers_a_near_name_among_leavers_when_asked(oakfield, inside):
    with inside():
        found = find_pupils(oakfield.sendco, "left galle")
    assert (hits(found), found.near) == (["Gale Left"], True)


def test_an_empty_box_offers_whom_one_opened_last(visit, inside, oakfield):
    sendco = visit("sendco")
    assert "Whom you opened last" not in sendco.text("pupils/find/")
    for who in ("mei", "aisha", "mei", "leon", "gone"):
        sendco.text(f"pupils/{oakfield.pupils[who].pk}/")
    sendco.text("pupils/")  # seen in a list is not opened
    visit("head").text(f"pupils/{oakfield.pupils['aisha'].pk}/")  # somebody else's look
    page = sendco.text("pupils/find/")
    assert re.findall(r"<b>(\w+ \w+)</b></a>", page) == ["Leon Walker", "Mei Zhou", "Aïsha Khan"]
    part = sendco.text("pupils/find/?q=", **{"HX-Request": "true"})
    assert part.count("<a href=") == 3
    assert "Whom you opened last" not in sendco.text("pupils/find/?q=khan")
    with inside():
        assert hits(Found(recent_pupils(oakfield.teacher))) == []


def test_the_last_five_are_offered_and_nobody_who_is_out_of_sight_now(oakfield, inside):
    from tests.pupils.test_list import add_pupils

    add_pupils(inside, oakfield, 6)
    with inside():
        for pupil in Pupil.objects.filter(forename="Ann"):
            log_access(oakfield.sendco, "pupil.open", school_id=oakfield.school.pk, pupil_id=pupil.pk)
        log_access(oakfield.teacher, "pupil.open", school_id=oakfield.school.pk, pupil_id=oakfield.pupils["leon"].pk)
        assert [hit.name for hit in recent_pupils(oakfield.sendco)] == [f"Ann Bell{n:02}" for n in (5, 4, 3, 2, 1)]
        assert recent_pupils(oakfield.teacher) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_find_asks_as_many_questions_for_one_pupil_as_for_three(visit, inside, oakfield, rows):
    sendco = visit("sendco")
    for who in ("aisha", "leon", "mei")[:rows]:
        sendco.text(f"pupils/{oakfield.pupils[who].pk}/")
    with inside():
        for who in ("aisha", "leon", "mei")[:rows]:
            Pupil.objects.filter(pk=oakfield.pupils[who].pk).update(form="7X")
    for path, number in (("pupils/find/?q=7x", 11), ("pupils/find/", 12)):
        with CaptureQueriesContext(connection) as seen:
            page = sendco.text(path)
        assert page.count('<li><div class="line">') == rows
        assert len(seen) == number


def test_find_pupils_offers_a_near_name_and_says_so(oakfield, inside):
    with inside():
        found = find_pupils(oakfield.sendco, "walkar")
    assert hits(found) == ["Leon Walker"]
    assert found.sentence == "No exact match. 1 close: check before you open."


def test_find_pupils_stops_at_ten_and_says_so(oakfield, inside):
    from tests.pupils.test_list import add_pupils

    add_pupils(inside, oakfield, 12)
    with inside():
        found = find_pupils(oakfield.sendco, "bell")
    assert len(found.rows) == 10
    assert found.sentence == "10 or more pupils."


def test_pupil_find_is_a_page_and_a_part(visit):
    sendco = visit("sendco")
    page = sendco.text("pupils/find/?q=khan")
    assert "1 pupil." in page
    assert "<h1>Find a pupil</h1>" in page
    part = sendco.text("pupils/find/?q=khan", **{"HX-Request": "true"})
    assert "<html" not in part
    assert re.search(r'<p role="status">1 pupil.</p>\s*<a href="/s/oakfield/pupils/\d+/">', part)
    assert sendco.text("pupils/find/?q=", **{"HX-Request": "true"}).strip() == ""
    assert "Accents do not matter" in sendco.text("pupils/find/")
    assert "No pupil by that name" in sendco.text("pupils/find/?q=zzzz")


def test_pupil_find_leads_the_office_to_contacts(visit, oakfield):
    assert f"/pupils/{oakfield.pupils['leon'].pk}/contacts/" in visit("office").text("pupils/find/?q=leon")
