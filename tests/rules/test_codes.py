"""Census codes and the spellings of schools' systems (domain.md 3.1 and 3.7, and the sample files)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.codes import (
    NEED_BY_CODE,
    NEED_TYPES,
    PROVISION_BY_CODE,
    PROVISIONS,
    Area,
    parse_need,
    parse_needs,
    parse_provision,
    parse_sex,
    parse_yes_no,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("N", "N"),
        ("k", "K"),
        (" E ", "E"),
        ("SEN Support", "K"),
        ("SEN support", "K"),
        ("K - SEN Support", "K"),
        ("SEN Support (K)", "K"),
        ("N - No Special Educational Need", "N"),
        ("No SEN", "N"),
        ("Education, Health and Care Plan", "E"),
        ("E - Education, Health and Care Plan", "E"),
        ("Education, Health & Care Plan", "E"),
        ("EHCP", "E"),
        ("EHC plan", "E"),
        ("A", "A"),
        ("School Action", "A"),
        ("P", "P"),
        ("School Action Plus", "P"),
        ("School Action+", "P"),
        ("S", "S"),
        ("Statement", "S"),
        ("", None),
        ("Q", None),
        ("K - Education, Health and Care Plan", None),
        ("Monitoring", None),
    ],
)
def test_parse_provision(text, code):
    found = parse_provision(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("code", "now", "plain"),
    [
        ("N", "N", "no extra help recorded"),
        ("K", "K", "extra help planned by school"),
        ("E", "E", "legal plan for a child who needs much more help"),
        ("A", "K", "extra help planned by school (before 2014)"),
        ("P", "K", "extra help with outside advice (before 2014)"),
        ("S", "E", "legal plan of the law before 2014"),
    ],
)
def test_provisions_and_what_took_the_place_of_the_retired(code, now, plain):
    assert (PROVISION_BY_CODE[code].now, PROVISION_BY_CODE[code].plain) == (now, plain)
    assert PROVISION_BY_CODE[now].valid(date(2026, 9, 1))


@pytest.mark.parametrize(
    ("case", "code", "on", "valid"),
    [
        ("K before the 2014 law", "K", date(2014, 8, 31), False),
        ("K on its first day", "K", date(2014, 9, 1), True),
        ("School Action on its last day", "A", date(2015, 8, 31), True),
        ("School Action the day after", "A", date(2015, 9, 1), False),
        ("Statement on its last day", "S", date(2018, 3, 31), True),
        ("Statement the day after", "S", date(2018, 4, 1), False),
        ("N on a leap day", "N", date(2028, 2, 29), True),
    ],
)
def test_provisions_have_dates(case, code, on, valid):
    assert PROVISION_BY_CODE[code].valid(on) is valid


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Speech, Language and Communication Needs (SLCN)", "SLCN"),
        ("Specific Learning Difficulty (SPLD)", "SPLD"),
        ("Autistic Spectrum Disorder (ASD)", "ASD"),
        ("Social, Emotional and Mental Health (SEMH)", "SEMH"),
        ("Moderate Learning Difficulty (MLD)", "MLD"),
        ("Other Difficulty/Disability (OTH)", "OTH"),
        ("Hearing Impairment (HI)", "HI"),
        ("Vision Impairment (VI)", "VI"),
        ("Visual Impairment", "VI"),
        ("SEN support but no specialist assessment of type of need (NSA)", "NSA"),
        ("Severe Learning Difficulty (SLD)", "SLD"),
        ("Physical Disability (PD)", "PD"),
        ("Down Syndrome (DS)", "DS"),
        ("Down's Syndrome", "DS"),
        ("Profound & Multiple Learning Difficulty (PMLD)", "PMLD"),
        ("Multi-Sensory Impairment (MSI)", "MSI"),
        ("Autism", "ASD"),
        ("SpLD", "SPLD"),
        ("SLCN - Speech, Language and Communication Needs", "SLCN"),
        ("", None),
        ("ADHD", None),
        ("BESD", None),
        ("Physical Disability (HI)", None),
    ],
)
def test_parse_need(text, code):
    found = parse_need(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("case", "text", "codes", "unknown"),
    [
        ("SIMS", "SPLD; MLD", ["SPLD", "MLD"], []),
        ("Bromcom", "SPLD|OTH|ASD", ["SPLD", "OTH", "ASD"], []),
        ("one", "SEMH", ["SEMH"], []),
        ("commas between codes", "SPLD, MLD", ["SPLD", "MLD"], []),
        ("commas inside a name", "Speech, Language and Communication Needs (SLCN)", ["SLCN"], []),
        ("names and codes", "Social, Emotional and Mental Health; ASD", ["SEMH", "ASD"], []),
        ("twice the same keeps the first rank", "ASD; SLCN; Autism", ["ASD", "SLCN"], []),
        ("unknown beside known", "ASD; ADHD ;", ["ASD"], ["ADHD"]),
        ("unknown among commas", "ASD, ADHD", [], ["ASD, ADHD"]),
        ("lines", "HI\nVI", ["HI", "VI"], []),
        ("blank", "  ", [], []),
        ("only separators", ";|;", [], []),
    ],
)
def test_parse_needs(case, text, codes, unknown):
    found = parse_needs(text)
    assert [need.code for need in found.needs] == codes
    assert list(found.unknown) == unknown


@pytest.mark.parametrize(
    ("code", "area"),
    [
        ("SPLD", Area.COGNITION),
        ("MLD", Area.COGNITION),
        ("SLD", Area.COGNITION),
        ("PMLD", Area.COGNITION),
        ("DS", Area.COGNITION),
        ("SLCN", Area.COMMUNICATION),
        ("ASD", Area.COMMUNICATION),
        ("SEMH", Area.SEMH),
        ("HI", Area.SENSORY),
        ("VI", Area.SENSORY),
        ("MSI", Area.SENSORY),
        ("PD", Area.SENSORY),
        ("OTH", Area.NONE),
        ("NSA", Area.NONE),
    ],
)
def test_every_need_has_its_area_and_words(code, area):
    """SEND Code of Practice 2015 6.28 to 6.35."""
    need = NEED_BY_CODE[code]
    assert need.area is area
    assert need.label
    assert need.plain
    assert need.only_with == ("K" if code == "NSA" else None)


def test_there_are_fourteen_needs_and_autism_is_called_autism():
    assert len(NEED_TYPES) == len(NEED_BY_CODE) == 14
    assert NEED_BY_CODE["ASD"].label == "Autism"


@pytest.mark.parametrize(
    ("case", "code", "on", "valid"),
    [
        ("Down syndrome before it was a code", "DS", date(2025, 8, 31), False),
        ("Down syndrome on its first day", "DS", date(2025, 9, 1), True),
        ("autism on a leap day", "ASD", date(2028, 2, 29), True),
        ("autism before our data", "ASD", date(2014, 8, 31), False),
    ],
)
def test_needs_have_dates(case, code, on, valid):
    assert NEED_BY_CODE[code].valid(on) is valid


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda provision: provision.code)
def test_a_provision_is_read_from_what_we_write(provision):
    for text in (provision.code, provision.label, f"{provision.code} - {provision.label}"):
        assert parse_provision(text) == provision


@pytest.mark.parametrize("need", NEED_TYPES, ids=lambda need: need.code)
def test_a_need_is_read_from_what_we_write(need):
    for text in (need.code, need.label, f"{need.label} ({need.code})", f"{need.code} - {need.label}"):
        assert parse_need(text) == need


@pytest.mark.parametrize(
    ("text", "sex"),
    [("M", "M"), ("male", "M"), ("Boy", "M"), (" F ", "F"), ("Female", "F"), ("girl", "F"), ("U", None), ("", None)],
)
def test_parse_sex(text, sex):
    """domain.md 3.3: the census has two values."""
    assert parse_sex(text) == sex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, True) for text in ("Y", "yes", "T", "True", "TRUE", " 1 ")),
        *((text, False) for text in ("N", "No", "F", "false", "0")),
        *((text, None) for text in ("", " ", "maybe", "2")),
    ],
)
def test_parse_yes_no(text, expected):
    assert parse_yes_no(text) is expected


@given(st.lists(st.sampled_from(NEED_TYPES), unique=True), st.sampled_from(["; ", "|", ", ", "\n"]))
def test_needs_come_back_in_their_order(needs, separator):
    found = parse_needs(separator.join(need.code for need in needs))
    assert found.needs == tuple(needs)
    assert found.unknown == ()


@given(st.text())
def test_any_text_is_read_or_named_as_unknown(text):
    assert parse_provision(text) in (None, *PROVISIONS)
    assert parse_sex(text) in (None, "M", "F")
    assert parse_yes_no(text) in (None, True, False)
    found = parse_needs(text)
    assert all(piece in text and piece for piece in found.unknown)
