"""Properties: what goes out comes back, no cell breaks a reader, and no two pupils become one without a person."""

from datetime import date, timedelta
from itertools import pairwise
from types import SimpleNamespace
from unittest.mock import patch
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupils.imports import attendance, contacts, ctf, pupils
from pupils.imports.matching import Known
from pupils.imports.rows import PupilRow, read_row
from pupils.imports.spans import before, moves_of, spans_of
from pupils.models import Pupil
from sendhub.rules.upn import check_letter
from staff.imports import people
from staff.imports.plan import Choices, Plan, State
from staff.imports.values import DAY_FORMS, BadCell, day, name_key, number_key, text, whole
from staff.models import School
from tests.imports.conftest import TODAY

CELLS = st.one_of(
    st.text(max_size=60).map(lambda words: f"§{words}"),
    st.text(max_size=60),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.none(),
    st.sampled_from(["=1+1", "#N/A", "01/02/2014", "R302412719001", "K", "Y", "9" * 5000, "Low, Ann", "\0", "١٢"]),
)
DAYS = st.dates(date(2000, 1, 1), date(2068, 12, 31))  # what a year of two digits can mean


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_a_day_comes_back_from_any_form(when, form):
    assert day(when.strftime(form), "date") == when


@given(st.dates(date(1954, 10, 3), date(2064, 4, 7)))
def test_a_day_that_lost_its_format_is_still_that_day(when):
    assert day((when - date(1899, 12, 30)).days, "date") == when


@given(DAYS)
def test_no_day_of_an_american_file_is_believed(when):
    with pytest.raises(BadCell):
        day(f"{when:%d/%m/%Y}", "date", american=True)


@given(CELLS)
def test_a_cell_is_one_printable_line(cell):
    line = text(cell)
    assert line == line.strip()
    assert line.isprintable()
    assert text(line) == line
    assert whole(line, 1000) is None or whole(line, 1000) == int(line)


READERS = {
    "pupils": lambda record: read_row(2, record, TODAY, take_blanks=True),
    "contacts": contacts.read,
    "attendance": attendance.read,
    "staff": people.read,
}
KINDS = {"pupils": pupils.KIND, "contacts": contacts.KIND, "attendance": attendance.KIND, "staff": people.KIND}


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_no_cell_breaks_a_reader(name, data):
    record = {field: data.draw(CELLS) for field in KINDS[name].spellings}
    fault = ""
    try:
        READERS[name](record)
    except BadCell as found:
        fault = str(found)
    assert fault == "" or fault.endswith(".")  # a sentence, and nothing of the cell in it
    assert "§" not in fault


# Few names, days and numbers, so that nearly every draw has twins, changed names and mistyped numbers in it.
SURNAMES, FORENAMES = st.sampled_from(["Low", "Löw", "Hill", "?ow"]), st.sampled_from(["Ann", "Anne", "Bo"])
BIRTHDAYS = st.sampled_from([date(2014, 2, 1), date(2014, 2, 2)])
UPNS = st.sampled_from(["", *(check_letter(f"30241271900{n}") + f"30241271900{n}" for n in range(4))])
NUMBERS = st.sampled_from(["", "", "1", "2", "03", "3"])
SYSTEMS = st.sampled_from(["", "admission", "arbor", "studentid"])
PEOPLE = st.lists(
    st.tuples(SURNAMES.filter(lambda name: "?" not in name), FORENAMES, BIRTHDAYS, UPNS, NUMBERS),
    min_size=1,
    max_size=3,
)
FILE = st.lists(st.tuples(SURNAMES, FORENAMES, BIRTHDAYS | st.none(), UPNS, NUMBERS), min_size=1, max_size=2)


def here(drawn):
    """Pupils as the database would have them: no number twice."""
    found, taken = [], set()
    for pk, (surname, forename, born, upn, number) in enumerate(drawn, start=1):
        upn, number = "" if upn in taken else upn, "" if number.lstrip("0") in taken else number
        taken |= {upn, number.lstrip("0")}
        names = {"surname": surname, "legal_surname": surname, "forename": forename, "legal_forename": forename}
        found.append(Pupil(pk=pk, born_on=born, upn=upn, mis_id=number, **names))
    return found


def row_of(number, drawn):
    surname, forename, born, upn, mis_id = drawn
    names = {"legal_surname": surname, "legal_forename": forename, "plain": {"surname", "forename"}}
    return PupilRow([number], upn=upn, mis_id=mis_id, born_on=born, **names)


def decide(people_here, rows, system=""):
    """`system` is the one in which the numbers of those here are known; "" if nobody knows."""
    numbers = [(pupil.pk, system, number_key(pupil.mis_id)) for pupil in people_here if system and pupil.mis_id]
    held = SimpleNamespace(first=True, provision=lambda pupil: "N", codes=lambda pupil: [], proposals={})
    result = Plan("pupils", len(rows))
    with (
        patch.object(pupils, "Known", lambda school: Known(school, people_here, numbers)),
        patch.object(pupils, "Held", lambda school: held),
    ):
        pupils.decide(result, School(pk=1), rows, Choices(), pupils.compare)
    return result


def twins(drawn):
    """Whether two pupils share name and birthday: then a number alone says which of them it is."""
    return len({(plain(line[0]), plain(line[1]), line[2]) for line in drawn}) < len(drawn)


def plain(name):
    return name_key(name.replace("?", "l"))


@settings(max_examples=500)
@given(PEOPLE, FILE, SYSTEMS, SYSTEMS)
def test_no_two_pupils_become_one_without_a_person(drawn, file, of_here, of_file):
    people_here, rows = here(drawn), {number: row_of(number, line) for number, line in enumerate(file, start=2)}
    before_it = {pupil.pk: (pupil.upn, pupil.mis_id, pupil.born_on, plain(pupil.surname)) for pupil in people_here}
    named = {
        (plain(line[0]), plain(line[1]), line[2]): pupil.pk for line, pupil in zip(drawn, people_here, strict=True)
    }
    for row in rows.values():
        row.system = of_file
    result = decide(people_here, pupils.one_a_pupil(list(rows.values())), of_here)
    touched = [outcome for outcome in result.outcomes if outcome.state in (State.CHANGED, State.UNCHANGED)]
    assert len({outcome.thing.pk for outcome in touched}) == len(touched)  # nobody is two rows' pupil
    for outcome in touched:
        row, (upn, number, born, surname) = rows[outcome.row], before_it[outcome.thing.pk]
        assert not (row.upn and upn and row.upn != upn)  # two UPNs are two pupils until a person says otherwise
        assert plain(row.legal_surname) == surname
        fits = named.get((plain(row.legal_surname), plain(row.legal_forename), row.born_on))
        assert fits is None or fits == outcome.thing.pk or "?" in row.legal_surname or twins(drawn)
        assert row.born_on in (None, born) or (row.upn and row.upn == upn)
        assert row.born_on == born or row.upn == upn != "" or row.mis_id.lstrip("0") == number.lstrip("0") != ""
    new = result.of(State.NEW)
    for outcome in new:
        row = rows[outcome.row]
        assert row.upn not in {upn for upn, *_ in before_it.values()} - {""}
    after = people_here + [outcome.thing for outcome in new]
    for name in ("upn", "mis_id"):
        given_out = [getattr(pupil, name) for pupil in after if getattr(pupil, name)]
        assert len(set(given_out)) == len(given_out)
    for pupil in people_here:
        assert before_it[pupil.pk][0] in ("", pupil.upn)  # a UPN is filled in, never replaced
    assert sum(len(outcome.rows) for outcome in result.outcomes) == len(rows)  # and no row is lost
    kept = [(system, number) for _, system, number, _ in result.learnt]
    assert len(set(kept)) == len(kept)
    if of_here and of_here == of_file:  # a number that is known in the file's own system is nobody else's
        known = {number_key(number) for _, number, *_ in before_it.values()}
        assert not {number for _, number in kept} & known


@given(PEOPLE)
def test_the_same_file_again_is_the_same_pupils(drawn):
    """Whoever a list of distinct pupils made is found again by it, each by their own row."""
    first = [row_of(number, line) for number, line in enumerate(drawn, start=2)]
    new = decide([], pupils.one_a_pupil(first)).of(State.NEW)
    for pk, outcome in enumerate(new, start=1):
        outcome.thing.pk = pk
        outcome.thing.surname, outcome.thing.forename = outcome.thing.legal_surname, outcome.thing.legal_forename
    again = [row_of(outcome.row, drawn[outcome.row - 2]) for outcome in new]
    result = decide([outcome.thing for outcome in new], again)
    assert not result.of(State.NEW)
    assert not result.of(State.CHANGED)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).map(text)
SPAN = st.fixed_dictionaries(
    {"StartDate": DAYS.map(date.isoformat), "EndDate": st.just("") | DAYS.map(date.isoformat)}
    | {"SENprovision": st.sampled_from("NKEAPS")}
)


@given(st.lists(st.tuples(WORDS, WORDS, st.lists(SPAN, max_size=3)), min_size=1, max_size=4))
def test_a_transfer_file_comes_back(wanted):
    body = ""
    for surname, forename, spans in wanted:
        sen = "".join(f"<SEN>{''.join(f'<{k}>{v}</{k}>' for k, v in span.items())}</SEN>" for span in spans)
        body += f"<Pupil><Surname>{escape(surname)}</Surname><Forename>{escape(forename)}</Forename>"
        body += f"<SENhistory>{sen}</SENhistory></Pupil>"
    found = ctf.read_ctf(f"<CTfile><CTFpupilData>{body}</CTFpupilData></CTfile>".encode())
    assert [(pupil.basic["Surname"], pupil.basic["Forename"], pupil.sen) for pupil in found.pupils] == wanted


@given(st.lists(SPAN, max_size=6), DAYS)
def test_spans_never_overlap_and_their_moves_follow_each_other(entries, first):
    spans, _ = spans_of(entries, None)
    for found in (spans, before(spans, first)):
        for last, following in pairwise(found):
            assert last.starts_on <= last.ends_on < following.starts_on
            assert last.provision != following.provision or last.ends_on + timedelta(days=1) < following.starts_on
        now = "N"
        for old, new, _ in moves_of(found):
            assert old == now
            assert old != new
            now = new
        days = [on for _, _, on in moves_of(found)]
        assert days == sorted(set(days))
    assert all(span.ends_on < first for span in before(spans, first))
