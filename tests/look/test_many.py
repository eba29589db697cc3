"""Many rows in one go are escaped as one row in a template is."""

from django.utils.html import escape, format_html

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
