"""Two people's versions of one text: lines that can be put together, and the words in which two texts differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.two_texts import Merged, marked, merge_lines

BASE = "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("case", "mine", "theirs", "text", "clash"),
    [
        ("only I changed", "one\nTWO\nthree", BASE, "one\nTWO\nthree", False),
        ("only they changed", BASE, "ONE\ntwo\nthree", "ONE\ntwo\nthree", False),
        ("other lines", "one\ntwo\nTHREE", "ONE\ntwo\nthree", "ONE\ntwo\nTHREE", False),
        ("lines next to each other", "ONE\ntwo\nthree", "one\nTWO\nthree", "ONE\nTWO\nthree", False),
        ("I add at the end, they change the first", f"{BASE}\nfour", "ONE\ntwo\nthree", "ONE\ntwo\nthree\nfour", False),
        ("I add after their line", "one\nmore\ntwo\nthree", "ONE\ntwo\nthree", "ONE\nmore\ntwo\nthree", False),
        ("I take one out, they another", "two\nthree", "one\ntwo", "two", False),
        ("both the same", "one\nTWO\nthree", "one\nTWO\nthree", "one\nTWO\nthree", False),
        ("both one line", "one\nmine\nthree", "one\ntheirs\nthree", "one\nmine\nthree", True),
        ("both one line, and they another", "one\nmine\nthree", "ONE\ntheirs\nTHREE", "one\nmine\nthree", True),
        ("both one, they another apart", "mine\ntwo\nthree", "theirs\ntwo\nTHREE", "mine\ntwo\nTHREE", True),
        ("both add at one place", f"{BASE}\nmine", f"{BASE}\ntheirs", f"{BASE}\nmine", True),
        ("I add in what they take out", "one\ntwo\nmore\nthree", "", "one\ntwo\nmore\nthree", True),
        ("they add in what I take out", "", "one\ntwo\nmore\nthree", "", True),
        ("line endings of a browser", "one\r\ntwo\r\nTHREE", "ONE\ntwo\nthree", "ONE\r\ntwo\r\nTHREE", False),
    ],
)  # fmt: skip
def test_merge_lines(case, mine, theirs, text, clash):
    assert merge_lines(BASE, mine, theirs) == Merged(text, clash), case


LINES = st.lists(st.sampled_from("abcd"), max_size=6).map("\n".join)


@given(LINES, LINES, LINES)
def test_what_does_not_clash_is_the_same_whoever_saves_first(base, mine, theirs):
    one, other = merge_lines(base, mine, theirs), merge_lines(base, theirs, mine)
    assert one.clash == other.clash
    if not one.clash:
        assert one.text == other.text


@given(LINES, LINES)
def test_who_changed_nothing_changes_nothing(base, theirs):
    assert merge_lines(base, base, theirs) == Merged(theirs, False)
    assert merge_lines(base, theirs, base) == Merged(theirs, False)


@pytest.mark.parametrize(
    ("one", "other", "first", "second"),
    [
        ("same", "same", [(False, "same")], [(False, "same")]),
        ("", "new", [], [(True, "new")]),
        (
            "Sits at the front.",
            "Sits by the door.",
            [(False, "Sits "), (True, "at"), (False, " the "), (True, "front.")],
            [(False, "Sits "), (True, "by"), (False, " the "), (True, "door.")],
        ),
        ("red kite", "blue boat", [(True, "red kite")], [(True, "blue boat")]),
    ],
)
def test_marked(one, other, first, second):
    assert marked(one, other) == (first, second)


@given(st.text(alphabet="ab \n", max_size=20), st.text(alphabet="ab \n", max_size=20))
def test_no_word_is_lost_in_the_marking(one, other):
    first, second = marked(one, other)
    assert "".join(words for _, words in first) == one
    assert "".join(words for _, words in second) == other
