"""Small numbers that cannot be worked out, and names that are gone (provision small_number_threshold, our default)."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.disclosure import SafeCounts, hide_small, initials, redact
from sendhub.rules.provisions import provision

SIX = provision("small_number_threshold", date(2026, 11, 22)).value


@pytest.mark.parametrize(
    ("case", "counts", "cells", "total"),
    [
        ("nothing small", [168, 61, 951], [168, 61, 951], 1180),
        ("six is not small", [6, 7], [6, 7], 13),
        ("five is, and takes the next with it", [5, 40, 20], [None, 40, None], 65),
        ("two small ones far from certain", [4, 5, 40, 20], [None, None, 40, 20], 69),
        ("two that could only be ones", [1, 1, 40, 20], [None, None, 40, None], 62),
        ("noughts are shown", [0, 12, 30], [0, 12, 30], 42),
        ("noughts are shown beside hidden ones", [0, 3, 12, 30], [0, None, None, 30], 45),
        ("a nought hides only when nothing else can", [4, 3, 0], [None, None, None], 7),
        ("two that could only be fives", [5, 5, 40, 20], [None, None, 40, None], 70),
        ("equal ones are hidden together", [3, 20, 20, 40], [None, None, None, 40], 83),
        ("nought and a total that is small", [3, 0], [None, None], None),
        ("one small count alone", [3], [None], None),
        ("one large count alone", [30], [30], 30),
        ("all noughts", [0, 0], [0, 0], 0),
        ("no groups at all", [], [], 0),
        ("total just large enough", [1, 5], [None, None], 6),
    ],
)
def test_hide_small(case, counts, cells, total):
    found = hide_small(dict(enumerate(counts)), SIX)
    assert found == SafeCounts(dict(enumerate(cells)), total)
    assert found.hides_any is (total is None or None in cells)


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        hide_small({"K": -1}, SIX)


def test_a_school_may_choose_another_number():
    assert hide_small({"K": 6, "E": 60}, 10).cells == {"K": None, "E": None}
    assert hide_small({"K": 1, "E": 60}, 1).cells == {"K": 1, "E": 60}


def lists_with_total(groups, total):
    if groups == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in lists_with_total(groups - 1, total - first):
            yield (first, *rest)


@pytest.mark.parametrize(("groups", "threshold", "largest"), [(2, 6, 30), (3, 6, 28), (4, 4, 18), (5, 3, 14)])
def test_nobody_who_knows_the_rule_can_work_out_a_hidden_count(groups, threshold, largest):
    """Every list up to a total: what is published always leaves two or more values for each hidden number."""
    for total in range(largest + 1):
        behind = defaultdict(list)
        for counts in lists_with_total(groups, total):
            found = hide_small(dict(enumerate(counts)), threshold)
            behind[tuple(found.cells.values()), found.total].append(counts)
        for (cells, _), lists in behind.items():
            for shown, values in zip(cells, zip(*lists, strict=True), strict=True):
                assert len(set(values)) > 1 if shown is None else set(values) == {shown}


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=8), st.integers(2, 12))
def test_no_small_count_is_ever_shown_and_no_count_is_changed(counts, threshold):
    found = hide_small(counts, threshold)
    assert set(found.cells) == set(counts)
    for key, shown in found.cells.items():
        assert shown is None or (shown == counts[key] and (shown == 0 or shown >= threshold))
    assert found.total in (None, sum(counts.values()))
    assert found.total is None or found.total == 0 or found.total >= threshold
    assert list(found.cells.values()).count(None) != 1 or found.total is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lena Watson", "L. W."),
        ("Watson, Lena", "L. W."),
        ("lena watson", "L. W."),
        ("Oluwaseun Adeyemi-Brown", "O. A."),
        ("Mary Ann Jones", "M. J."),
        ("Zoë O'Connor", "Z. O."),
        ("Łukasz Wójcik", "Ł. W."),
        ("Kemi", "K."),
        ("Khan,", "K."),
        ("Sam (twin) Lee", "S. L."),
        ("", ""),
        ("  ", ""),
        ("123", ""),
    ],
)
def test_initials(name, expected):
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("case", "text", "names", "expected"),
    [
        ("whole name once", "Lena Watson came.", ["Lena Watson"], "[name] came."),
        ("first name alone", "Lena came.", ["Lena Watson"], "[name] came."),
        ("the other way round", "Watson, Lena", ["Lena Watson"], "[name], [name]"),
        ("given the other way round", "Lena and Watson", ["Watson, Lena"], "[name] and [name]"),
        ("small letters", "lena hit", ["Lena"], "[name] hit"),
        ("possessive", "Lena's book", ["Lena"], "[name]'s book"),
        ("part of a word stays", "Lenaville, Elena", ["Lena"], "Lenaville, Elena"),
        ("accent missing in the text", "Zoe cried", ["Zoë"], "[name] cried"),
        ("accent only in the text", "Zoë cried", ["Zoe"], "[name] cried"),
        ("accent as two characters", "Zoe\u0308 cried", ["Zoë"], "[name] cried"),
        ("letter that Unicode does not take apart", "Lukasz ran", ["Łukasz"], "[name] ran"),
        ("curly apostrophe", "Mr O’Connor", ["O'Connor"], "Mr [name]"),
        ("hyphen", "Adeyemi-Brown left", ["Oluwaseun Adeyemi-Brown"], "[name] left"),
        ("over a line", "Lena\nWatson left", ["Lena Watson"], "[name] left"),
        ("longest first", "Ann Marie and Ann", ["Ann", "Ann Marie"], "[name] and [name]"),
        ("signs of patterns are only signs", "A.B (c) and AxB", ["A.B (c"], "[name]) and AxB"),
        ("two-letter names count", "Jo left", ["Jo Ng"], "[name] left"),
        ("a single letter is no name", "A book", ["A"], "A book"),
        ("no names", "Lena left", [], "Lena left"),
        ("empty names", "Lena left", ["", " , "], "Lena left"),
        ("an ordinary word that is a name goes too", "He will read", ["Will Smith"], "He [name] read"),
        ("other text keeps its accents", "Café with Lena", ["Lena"], "Café with [name]"),
    ],
)
def test_redact(case, text, names, expected):
    assert redact(text, names) == expected


def test_redact_may_leave_another_mark():
    assert redact("Lena left", ["Lena"], mark="L. W.") == "L. W. left"


NAMES = st.text("abcdefgéłzABZ", min_size=2, max_size=8)


@given(NAMES, st.text(max_size=40), st.text(max_size=40))
def test_a_name_on_its_own_never_stays(name, before, after):
    text = f"{before} {name} {after}"
    assert f" {name} " not in redact(text, [name], mark="#")


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=4))
def test_redact_takes_any_text(text, names):
    assert isinstance(redact(text, names), str)
