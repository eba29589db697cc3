"""The check letter of the UPN on the vectors of domain.md 3.2, and what a wrong one says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.upn import ALPHABET, check_letter, slip, validate

LETTERS = st.sampled_from(ALPHABET)
BODY = st.builds(
    lambda digits, last: digits + last,
    st.text("0123456789", min_size=11, max_size=11),
    st.sampled_from("0123456789" + ALPHABET),
)


@pytest.mark.parametrize(
    ("case", "text", "temporary"),
    [
        ("worked example", "B801200005001", False),
        ("temporary number", "A80120000512A", True),
        ("made-up council of the samples", "H302204423001", False),
        ("small letters and spaces", " b801 2000 05001 ", False),
    ],
)
def test_right_numbers(case, text, temporary):
    found = validate(text)
    assert (found.ok, found.temporary, found.message) == (True, temporary, "")
    assert found.upn == re.sub(r"\s", "", text).upper()


@pytest.mark.parametrize("council", ["838", "839", "940", "941", "942", "943"])
def test_newer_councils_are_good(council):
    """domain.md 3.2: no list of councils stands in the way."""
    body = f"{council}200005001"
    assert validate(check_letter(body) + body).ok


NO_UPN = "There is no UPN."
SHAPE = "A UPN is a letter, 11 digits, then a digit or a letter; the letters I, O and S are never used."
LETTER = "The first letter of this UPN does not fit its digits; one character is probably mistyped."


@pytest.mark.parametrize(
    ("case", "text", "temporary", "message"),
    [
        ("empty", "", False, NO_UPN),
        ("only spaces", "  ", False, NO_UPN),
        ("too short", "B80120000500", False, "A UPN has 13 characters; this one has 12."),
        ("too long", "B8012000050011", False, "A UPN has 13 characters; this one has 14."),
        ("no letter in front", "1801200005001", False, SHAPE),
        ("letter I in front", "I801200005001", False, SHAPE),
        ("letter O for a nought", "B8O1200005001", False, SHAPE),
        ("letter S at the end", "B80120000500S", False, SHAPE),
        ("digits of another script", "B80120000500١", False, SHAPE),
        ("wrong check letter", "A801200005001", False, LETTER),
        ("wrong check letter, temporary", "B80120000512A", True, LETTER),
        ("two digits swapped", "B810200005001", False, LETTER),
    ],
)
def test_wrong_numbers_say_why(case, text, temporary, message):
    found = validate(text)
    assert (found.ok, found.temporary, found.message) == (False, temporary, message)


@pytest.mark.parametrize("body", ["", "80120000500", "8012000050011", "80120000500I", "X01200005001"])
def test_a_body_that_is_no_body_has_no_check_letter(body):
    with pytest.raises(ValueError, match="11 digits"):
        check_letter(body)


@given(BODY, LETTERS)
def test_exactly_one_letter_fits(body, letter):
    found = validate(letter + body)
    assert found.ok == (letter == check_letter(body))
    assert found.temporary == body[-1].isalpha()


@given(BODY, st.integers(0, 10), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(body, place, step):
    wrong = body[:place] + str((int(body[place]) + step) % 10) + body[place + 1 :]
    assert not validate(check_letter(body) + wrong).ok


@given(BODY, st.integers(0, 9))
def test_two_swapped_neighbours_are_always_found(body, place):
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert validate(check_letter(body) + swapped).ok == (swapped == body)


@given(st.text(max_size=20))
def test_no_message_repeats_what_was_typed_and_no_text_breaks_it(text):
    found = validate(text)
    assert found.ok == (found.message == "")
    assert len(found.upn) < 5 or found.upn not in found.message


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("A302412726001", "A302412726001", False),
        ("A302412726001", "A302412726011", True),
        ("A302412726001", "A302412720601", True),
        ("A302412726001", "A302412700261", False),
        ("A302412726001", "A302412762001", True),
        ("A302412726001", "A30241272600", False),
        ("", "", False),
        ("A302412726001", "B302412726002", False),
    ],
)
def test_two_numbers_that_differ_by_a_slip(one, other, result):
    assert slip(one, other) is result


@given(BODY, BODY)
def test_two_good_numbers_never_differ_by_a_slip(one, other):
    one, other = one[:-1] + "7", other[:-1] + "7"  # a letter at the end counts as a digit does: A as 0
    assert not slip(check_letter(one) + one, check_letter(other) + other)
