"""A second file after a first: who is new, changed, unchanged, absent, in doubt or failed, and what was kept."""

from datetime import date

import pytest

from pupils.models import GroupPupil, Pupil, SENNeed, SENRecord
from sendhub.audit import acting
from staff.models import SchoolYear
from tests.imports.conftest import IMPORT, TODAY

HEADER = (
    "Legal Surname,Legal Forename,Preferred Forename,UPN,Adno,Year Group,Reg Group,DOB,Sex,SEN Status,SEN Need Type"
)
LUKASZ = "Wójcik,Łukasz,Łukasz,J302412717002,004004,Year 9,9C,09/07/2013,M,K,PD"
ELLA = "Okafor,Ella,Ella,F302412718001,004010,Year 8,8B,17/11/2013,F,N,"
BELLA = "Okafor,Bella,Bella,V302412717001,004011,Year 8,8B,17/11/2013,F,E,ASD; SLCN"
NO_UPN = "Gray,Sandra,Sandra,,004493,Year 9,9D,04/11/2012,F,N,"
FIRST = "\n".join((HEADER, LUKASZ, ELLA, BELLA, NO_UPN))


def file(*rows, header=HEADER):
    return "\n".join((header, *rows))


@pytest.fixture
def first(counts):
    assert counts(FIRST) == (4, 0, 0, 0, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("name", "text", "numbers"),
    [
        ("the same again", FIRST, (0, 0, 4, 0, 0, 0, 1, 1)),
        ("names flattened", FIRST.replace("Wójcik,Łukasz,Łukasz", "Wojcik,Lukasz,Lukasz"), (0, 0, 4, 0, 0, 0, 1, 1)),
        ("letters lost", FIRST.replace("Wójcik,Łukasz,Łukasz", "W?jcik,?ukasz,?ukasz"), (0, 0, 4, 0, 0, 0, 1, 1)),
        ("capitals", FIRST.replace("Okafor", "OKAFOR"), (0, 0, 4, 0, 0, 0, 1, 1)),
        ("a form changed", FIRST.replace("9D", "9A"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("blanks everywhere", file("Wójcik,Łukasz,,J302412717002,,,,,,,"), (0, 0, 1, 3, 0, 0, 1, 1)),
        ("a surname changed", FIRST.replace("Gray,", "Green,"), (0, 0, 3, 0, 1, 0, 1, 1)),
        ("a surname changed, by UPN", FIRST.replace("Wójcik,", "Nowak,"), (0, 0, 3, 0, 1, 0, 1, 1)),
        ("a preferred name", FIRST.replace("Ella,Ella", "Ella,Ellie"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("a birthday put right", FIRST.replace("09/07/2013", "07/09/2013"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("a UPN that came", FIRST.replace(",,004493", ",R302412719001,004493"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("a UPN that differs", file(ELLA.replace("F302412718001", "R302412719001")), (0, 0, 0, 3, 1, 0, 1, 1)),
        ("twins with swapped UPNs", file(ELLA.replace("F302412718001", "V302412717001")), (0, 0, 0, 3, 1, 0, 1, 1)),
        ("a UPN of somebody else", file("Smith,Tom,Tom,F302412718001,,,,01/02/2014,,,"), (0, 0, 0, 3, 1, 0, 1, 1)),
        ("two rows for one pupil", file(ELLA, ELLA.replace("8B", "8C")), (0, 0, 0, 3, 2, 0, 1, 1)),
        ("a row twice", file(ELLA, ELLA), (0, 0, 1, 3, 0, 0, 1, 1)),
        ("two new with one UPN", file("A,Bo,,R302412719001,,,,01/02/2014,,,", "C,Di,,R302412719001,,,,01/03/2014,,,"),
         (0, 0, 0, 4, 2, 0, 1, 1)),
        ("two new of one name, no UPN", file("A,Bo,,,1,,,01/02/2014,,,", "A,Bo,,,2,,,01/02/2014,,,"),
         (0, 0, 0, 4, 2, 0, 1, 1)),
        ("two of one name with UPNs",
         file("A,Bo,,R302412719001,,,,01/02/2014,,,", "A,Bo,,J302412716001,,,,01/02/2014,,,"),
         (2, 0, 0, 4, 0, 0, 1, 1)),
        ("lost letters and no number", file("?mith,Tom,,,,,,01/02/2014,,,"), (0, 0, 0, 4, 1, 0, 1, 1)),
        ("a provision that differs", FIRST.replace("F,N,\nOkafor", "F,K,SEMH\nOkafor"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("a provision that ends", FIRST.replace("M,K,PD", "M,N,"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("needs that change", FIRST.replace("ASD; SLCN", "SLCN; ASD"), (0, 1, 3, 0, 0, 0, 1, 1)),
        ("another school number", FIRST.replace("004004", "70004"), (0, 0, 4, 0, 0, 0, 1, 1)),
        ("noughts lost", FIRST.replace("004493", "4493"), (0, 0, 4, 0, 0, 0, 1, 1)),
        ("a number of another system", file("Low,Ann,,,004010,,,01/02/2014,,,"), (1, 0, 0, 4, 0, 0, 1, 1)),
        ("a number, and half of the rest", file("Okafor,Ann,,,004010,,,17/11/2013,,,"), (0, 0, 0, 3, 1, 0, 1, 1)),
        ("a number, another birthday", file("Okafor,Ella,,,004010,,,01/02/2014,,,"), (0, 0, 0, 3, 1, 0, 1, 1)),
        ("a number, another UPN", file("Low,Ann,,R302412719001,004010,,,01/02/2014,,,"), (1, 0, 0, 4, 0, 0, 1, 1)),
        ("no birthday, new", file("Low,Ann,,R302412719001,,,,,,,"), (0, 0, 0, 4, 0, 1, 1, 1)),
        ("a birthday that is none", file(ELLA.replace("17/11/2013", "31/02/2013")), (0, 0, 0, 4, 0, 1, 1, 1)),
        ("a birthday to come", file(ELLA.replace("2013", "2113")), (0, 0, 0, 4, 0, 1, 1, 1)),
        ("no name", file(",,,F302412718001,,,,17/11/2013,,,"), (0, 0, 0, 4, 0, 1, 1, 1)),
        ("an unknown SEN status", file(ELLA.replace("F,N,", "F,Q,")), (0, 0, 0, 4, 0, 1, 1, 1)),
        ("a name that is too long", file("A" * 81 + ",Bo,,,,,,01/02/2014,,,"), (0, 0, 0, 4, 0, 1, 1, 1)),
        ("a full name", "Name,UPN,DOB\n\"Okafor, Ella\",F302412718001,17 Nov 2013", (0, 0, 1, 3, 0, 0, 1, 1)),
        ("a full name, no comma", "Name,UPN,DOB\nElla Okafor,F302412718001,17 Nov 2013", (0, 0, 0, 4, 0, 1, 1, 1)),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)  # fmt: skip
def test_a_second_file(first, counts, name, text, numbers):
    assert counts(text) == numbers
    assert Pupil.objects.filter(legal_forename="Łukasz", legal_surname="Wójcik", forename="Łukasz").count() == 1


def test_nothing_is_written_without_being_asked(bring):
    assert bring(FIRST, write=False).counts()["new"] == 4
    assert not Pupil.objects.exists()


def test_what_a_new_pupils_row_holds(first):
    pupil = Pupil.objects.get(mis_id="004011")
    assert (pupil.sort_name, pupil.year_code, pupil.year_sort, pupil.sex) == ("okafor bella", "8", 8, "F")
    assert list(pupil.sen_needs.values_list("code", "rank")) == [("ASD", 1), ("SLCN", 2)]
    record = pupil.sen_records.get()
    assert (record.provision, record.starts_on, record.start_known, record.source) == ("E", TODAY, False, "import")
    places = pupil.group_places.values_list("group__kind", "group__name", "starts_on")
    assert sorted(places) == [("form", "8B", None), ("year", "Year 8", None)]


def test_a_move_to_another_form_is_dated(first, bring):
    later = date(2027, 1, 11)
    bring(FIRST.replace("9D", "9A"), today=later)
    places = GroupPupil.objects.filter(pupil__mis_id="004493", group__kind="form").order_by("id")
    assert list(places.values_list("group__name", "starts_on", "ends_on")) == [
        ("9D", None, date(2027, 1, 10)),
        ("9A", later, None),
    ]


def test_a_new_school_year_has_groups_of_its_own(first, bring):
    bring(FIRST.replace("Year 9", "Year 10").replace("9C", "10C"), today=date(2027, 9, 6))
    assert [year.starts for year in SchoolYear.objects.order_by("starts")] == [2026, 2027]
    assert GroupPupil.objects.filter(group__year__starts=2027, group__name="Year 10").count() == 2


def test_needs_change_by_date_and_keep_what_stands(first, bring):
    later = date(2027, 1, 11)
    bring(FIRST.replace("ASD; SLCN", "ASD; SEMH"), today=later)
    needs = SENNeed.objects.filter(pupil__mis_id="004011").order_by("id").values_list("code", "starts_on", "ends_on")
    assert list(needs) == [
        ("ASD", TODAY, None),
        ("SLCN", TODAY, date(2027, 1, 10)),
        ("SEMH", later, None),
    ]


def test_a_provision_that_differs_waits_though_the_rest_is_written(first, bring):
    plan = bring(FIRST.replace("9C,09/07/2013,M,K", "9B,09/07/2013,M,E"))
    assert plan.counts()["changed"] == 1
    pupil = Pupil.objects.get(mis_id="004004")
    assert (pupil.form, pupil.sen_records.get().provision) == ("9B", "K")
    proposal = pupil.proposals.get()
    assert (proposal.before, proposal.after, proposal.seen_on, proposal.state) == ("K", "E", TODAY, "open")


def test_the_first_file_with_sen_fills_an_empty_register(counts):
    assert counts("Surname,Forename,UPN,DOB\nOkafor,Bella,V302412717001,17/11/2013")[0] == 1
    assert counts(file(BELLA)) == (0, 1, 0, 0, 0, 0, 0, 1)
    assert SENRecord.objects.get().start_known is False


def test_a_leaver_who_is_in_the_file_is_a_doubt(first, counts):
    with acting(IMPORT, "test"):
        Pupil.objects.filter(mis_id="004010").update(left_on=TODAY)
    assert counts(file(ELLA)) == (0, 0, 0, 3, 1, 0, 1, 1)


def test_two_here_of_one_name_are_never_guessed_between(first, counts):
    with acting(IMPORT, "test"):
        Pupil.objects.filter(mis_id__in=["004010", "004011"]).update(upn="")
        Pupil.objects.filter(mis_id="004011").update(legal_forename="Ella", forename="Ella")
    assert counts(file("Okafor,Ella,,,,,,17/11/2013,,,"))[4] == 1


def test_notes_name_rows_and_never_people(counts, bring):
    plan = bring(
        file(
            "Low,Ann,,A302412719001,1,Year 99,,01/02/2014,Z,S,XX; PD",
            "Low,Ben,,TBC,2,,,01/02/2015,,,",
            header=HEADER,
        )
    )
    assert plan.notes == {
        "The first letter of this UPN does not fit its digits; one character is probably mistyped.": [2],
        "The year group was not understood and was left out.": [2],
        "The sex was not understood and was left out.": [2],
        "An old SEN status was read as today's: S as E, A and P as K.": [2],
        "A type of need is not one that we know and was left out.": [2],
        "A UPN has 13 characters; this one has 3. It was left out.": [3],
    }
    ann = Pupil.objects.get(legal_forename="Ann")
    assert (ann.upn, ann.year_code, ann.sex) == ("A302412719001", "", "")
    assert (ann.sen_records.get().provision, ann.sen_needs.get().code) == ("E", "PD")


def test_yes_and_no_in_every_spelling(bring):
    bring(
        "Surname,Forename,DOB,FSM,Ever 6,EAL,PP,In Care\n"
        "Low,Ann,01/02/2014,T,Yes,1,true,Y\nLow,Ben,01/02/2014,F,No,0,false,N\nLow,Cy,01/02/2014,,,maybe,,"
    )
    facts = Pupil.objects.order_by("sort_name").values_list("fsm", "fsm_ever6", "eal", "pupil_premium", "in_care")
    assert list(facts) == [(True,) * 5, (False,) * 5, (None,) * 5]


def test_one_row_a_need_becomes_one_pupil(bring):
    plan = bring(
        "Name,UPN,Date of Birth,SEN status,SEN status,Sen Need,SEN Need Ranking\n"
        '"Low, Ann",,01 Feb 2014,SEN Support,K,Autistic Spectrum Disorder (ASD),2\n'
        '"Low, Ann",,01 Feb 2014,SEN Support,K,Hearing Impairment (HI),1\nTotal,2,,,,,\n'
    )
    assert plan.counts() == {
        "kind": "pupils", "rows": 2, "new": 1, "changed": 0, "unchanged": 0, "absent": 0, "in_doubt": 0, "failed": 0,
    }  # fmt: skip
    assert list(SENNeed.objects.order_by("rank").values_list("code", flat=True)) == ["HI", "ASD"]


def test_a_spoken_name_alone_leaves_the_legal_one(bring, counts):
    bring("Legal Surname,Legal Forename,Preferred Forename,DOB,UPN\nLow,Frank,Fra,01/02/2014,R302412719001")
    assert counts("Surname,Forename,DOB,UPN\nLow,Fra,01/02/2014,R302412719001")[:3] == (0, 0, 1)
    assert counts("Surname,Forename,DOB,UPN\nLow,Franklin,01/02/2014,R302412719001")[:3] == (0, 1, 0)
    pupil = Pupil.objects.get()
    assert (pupil.legal_forename, pupil.forename, pupil.version) == ("Franklin", "Fra", 2)
