"""Many rows in one go are escaped as one row in a template is."""

from django.utils.html import escape, format_html

from pupils.cards import Card, Line
from pupils.templatetags.pupil_cards import pupil_cards
from sendhub.many import filled

HOSTILE = "<script>alert(\"x\")</script> & 'y' {pk}"


def test_every_value_of_every_row_is_escaped():
    rows = [{"name": HOSTILE, "pk": 7}, {"name": "Aïsha", "pk": 8}]
    assert filled("<td>{name}, {pk}</td>", rows) == f"<td>{escape(HOSTILE)}, 7</td><td>Aïsha, 8</td>"


def test_what_is_safe_already_is_not_escaped_twice():
    assert filled("{line}", [{"line": format_html("<b>{}</b>", "a & b")}]) == "<b>a &amp; b</b>"


def test_the_whole_is_safe_and_nothing_gives_nothing():
    assert filled("<td>{name}</td>", [{"name": "a"}]).__html__() == "<td>a</td>"
    assert filled("<td>{name}</td>", []) == ""


def test_the_cards_of_a_record_are_escaped_and_say_how_much_is_left():
    lines = (Line(HOSTILE, "a < b", "late", "3 days late", "/x/?a=1&b=2"), Line("Plain"))
    card = Card("risk", "Risk & plan", lines, "Nothing.", "/pupils/7/risk/", "All of it", total=5)
    html = pupil_cards([card, Card("voice", "Voice", (), "No words <yet>.", "/v/", "Add")])
    assert escape(HOSTILE) in html
    assert "<script" not in html
    assert 'href="/x/?a=1&amp;b=2"' in html
    assert "3 days late" in html
    assert "And 3 more." in html
    assert "No words &lt;yet&gt;." in html
    assert html.count("<li>") == html.count("</li>") == 4
