"""Names without case and accents."""

import pytest

from sendhub.rules.names import alike, fuller, plain, same


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("  Łukasz   WÓJCIK ", "lukasz wojcik"),
        ("Ångström", "angstrom"),
        ("Æthelred Straße", "aethelred strasse"),
        ("Siobhán O’Connor", "siobhan o'connor"),
        ("Đặng", "dang"),
        ("Adeyemi–Brown", "adeyemi-brown"),
        ("李小龍", "李小龍"),
        ("", ""),
    ],
)
def test_plain_names_lose_case_and_accents_only(text, result):
    assert plain(text) == result


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("Łukasz", "lukasz", True),
        ("?ukasz", "Łukasz", True),
        ("Łukasz", "?ukas?", True),
        ("Łukasz", "Lucas", False),
        ("?ukasz", "Łukaszek", False),
        ("?ukasz", "Markus", False),
        ("Zoë", "Zoe", True),
    ],
)
def test_two_spellings_of_one_name(one, other, result):
    assert same(one, other) is result


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Łukasz", "Lukasz", "Łukasz"),
        ("Łukasz", "?ukasz", "Łukasz"),
        ("?ukasz", "Lukasz", "Lukasz"),
        ("Lukasz", "Łukasz", "Łukasz"),
        ("Wójcik", "Nowak", "Nowak"),
        ("Mcdonald", "McDonald", "McDonald"),
        ("McDonald", "MCDONALD", "McDonald"),
        ("McDonald", "mcdonald", "McDonald"),
        ("", "Siân", "Siân"),
    ],
)
def test_a_flattened_name_never_takes_the_fuller_ones_place(old, new, kept):
    assert fuller(old, new) == kept


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ("Jonathon", "Johnathan", True),
        ("Smyth", "Smith", True),
        ("Aïsha", "Ayesha", True),
        ("Sophie", "Sofie", True),
        ("Khan", "Kahn", True),
        ("Mohammed", "Muhammad", True),
        ("Li", "Lu", False),
        ("Li", "Li", True),
        ("Mia", "Moe", False),
        ("Ana", "Rui", False),
        ("Daniel", "Danielle", True),
        ("", "", False),
    ],
)
def test_names_that_may_be_one(one, other, result):
    assert alike(one, other) is result
