"""Find a pupil: any name or form, accents or none, and only those in scope."""

import re

import pytest
from django.utils import timezone

from pupils.actions import change_pupil
from pupils.queries import find_pupils


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
