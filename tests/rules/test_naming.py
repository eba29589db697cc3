"""Names in free text: found whole, after a title, or alone with a capital; whose they may be."""

import pytest

from sendhub.rules.naming import Named, Names

PEOPLE = Names(
    [
        Named("p1", "Sam", "Hill"),
        Named("p2", "Sam", "Brön"),
        Named("p3", "Will", "O’Neil"),
        Named("s1", "Dan", "Whitlock"),
        Named("p4", "Anne-Marie", "de la Cruz"),
        Named("p5", "X", ""),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sat with Sam Hill at lunch.", [("Sam Hill", ("p1",))]),
        ("Sam was there.", [("Sam", ("p1", "p2"))]),
        ("SAM HILL and sam hill", [("SAM HILL", ("p1",))]),
        ("Mr Whitlock rang.", [("Mr Whitlock", ("s1",))]),
        ("Mr. Whitlock and Dan Whitlock", [("Mr. Whitlock", ("s1",)), ("Dan Whitlock", ("s1",))]),
        ("It will rain over the hill.", []),
        ("Will asked.", [("Will", ("p3",))]),
        ("Fought with Bron and O'Neil.", [("Bron", ("p2",)), ("O'Neil", ("p3",))]),
        ("Samuel and Hillary", []),
        ("Anne-Marie de la Cruz", [("Anne-Marie de la Cruz", ("p4",))]),
        ("Sam\n Hill", [("Sam\n Hill", ("p1",))]),
        ("Whitlock's class", [("Whitlock", ("s1",))]),
        ("X marks it.", []),
        ("", []),
    ],
)
def test_find(text, found):
    assert [(text[each.start : each.end], each.keys) for each in PEOPLE.find(text)] == found
