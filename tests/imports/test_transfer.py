"""Transfer files: joiners with their dated history, what is filled in for pupils who are here, and what is refused."""

from datetime import date

import pytest

from pupils import actions
from pupils.imports import batches, ctf, read_file
from pupils.imports.spans import Span, before, moves_of, spans_of
from pupils.imports.transfer import eal_of, fsm_of
from pupils.models import Contact, ProvisionProposal, Pupil, RegisterMove, SENNeed, SENRecord
from sendhub.tables import Refused, read
from tests.imports.conftest import IMPORT, TODAY, doubt, lines

HEAD = (
    "<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>"
    "<DestSchool><LEA>302</LEA><Estab>4999</Estab></DestSchool></Header>"
)
WHO = "<UPN>R302412719001</UPN><Surname>Low</Surname><Forename>Ann</Forename><DOB>2014-02-01</DOB><Sex>F</Sex>"
LIST = "Surname,Forename,UPN,DOB,SEN Status\nLow,Ann,R302412719001,01/02/2014,{}\nHill,Bo,,02/02/2014,K\n"


def sen(*parts, needs=""):
    spans = "".join(
        f"<SEN><StartDate>{start}</StartDate><EndDate>{end}</EndDate><SENprovision>{code}</SENprovision></SEN>"
        for start, end, code in parts
    )
    wanted = "".join(
        f"<SENneed><SENtypeRank>{rank}</SENtypeRank><SENtype>{code}</SENtype></SENneed>"
        for rank, code in enumerate(needs.split(), start=1)
    )
    return f"<SENhistory>{spans}<SENneeds>{wanted}</SENneeds></SENhistory>"


def file(*pupils, head=HEAD, root="<CTfile>", end="</CTfile>"):
    body = "".join(f"<Pupil>{pupil}</Pupil>" for pupil in pupils)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}{head}<CTFpupilData>{body}</CTFpupilData>{end}'


def rows():
    found = SENRecord.objects.order_by("starts_on").values_list("provision", "starts_on", "ends_on", "source")
    return [(code, str(start), str(end or ""), source) for code, start, end, source in found]


def moves():
    found = RegisterMove.objects.order_by("on", "id").values_list("before", "after", "on", "source", "told", "on_known")
    return [(old, new, str(on), source, told, known) for old, new, on, source, told, known in found]


K_THEN_E = sen(("2022-09-05", "2026-09-03", "K"), ("2026-09-04", "", "E"), needs="SLCN SEMH")


def test_a_joiner_comes_with_the_whole_history(counts):
    assert counts(file(WHO + K_THEN_E)) == (1, 0, 0, 0, 0, 0, 0, 1)
    assert rows() == [("K", "2022-09-05", "2026-09-03", "transfer"), ("E", "2026-09-04", "", "transfer")]
    assert moves() == [
        ("N", "K", "2022-09-05", "transfer", "cannot_tell", True),
        ("K", "E", "2026-09-04", "transfer", "cannot_tell", True),
    ]
    needs = SENNeed.objects.order_by("rank").values_list("code", "starts_on", "ends_on", "source")
    assert list(needs) == [
        ("SLCN", date(2026, 9, 4), None, "transfer"),
        ("SEMH", date(2026, 9, 4), None, "transfer"),
    ]
    assert counts(file(WHO + K_THEN_E)) == (0, 0, 1, 0, 0, 0, 0, 1)


def test_everything_else_that_is_read(bring):
    pupil = WHO.replace("<Sex>F</Sex>", "<Gender>F</Gender>") + (
        "<BasicDetails><FormerUPN>F302412718001</FormerUPN><PreferredSurname>Low</PreferredSurname>"
        "<PreferredForename>Annie</PreferredForename><NCyearActual>7</NCyearActual>"
        "<Languages><Type><LanguageType>H</LanguageType><Language>ENG</Language></Type>"
        "<Type><LanguageType>F</LanguageType><Language>URD</Language></Type></Languages></BasicDetails>"
        "<LookedAfter><InCare>true</InCare></LookedAfter>"
        "<FSMhistory><FSMinstance><FSMstartDate>2020-01-01</FSMstartDate><FSMendDate>2022-01-01</FSMendDate>"
        "<UKcountry>ENG</UKcountry></FSMinstance></FSMhistory>"
        "<Contacts><Contact><Order>2</Order><Title>Mrs</Title><Surname>Low</Surname><Forename>Kim</Forename>"
        "<Relationship>PAM</Relationship><Responsibility>true</Responsibility><Email>kim@example.org</Email>"
        "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960001</PhoneNo></Phone>"
        "<Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900001</PhoneNo></Phone></Phones></Contact>"
        "<Contact><Forename>Nobody</Forename></Contact></Contacts>"
        "<StageAssessments><KeyStage><Stage>KS2</Stage></KeyStage></StageAssessments>"
    )
    plan = bring(file(pupil))
    ann = Pupil.objects.get()
    assert (ann.forename, ann.legal_forename, ann.former_upn, ann.year_code) == ("Annie", "Ann", "F302412718001", "7")
    assert (ann.eal, ann.in_care, ann.fsm, ann.fsm_ever6, ann.sex) == (True, True, False, True, "F")
    kim = Contact.objects.get()
    assert (kim.name, kim.relationship, kim.parental_responsibility) == ("Mrs Kim Low", "Mother", True)
    assert (kim.priority, kim.phone, kim.email) == (2, "07700 900001", "kim@example.org")
    assert plan.unknown == ["UKcountry", "StageAssessments"]
    assert plan.notes == {"A contact can not be read and was left out": [1]}
    assert bring(file(pupil)).counts()["unchanged"] == 1
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("languages", "eal"),
    [
        ([("F", "ENG")], "N"),
        ([("F", "REF"), ("H", "POL")], "Y"),
        ([("F", "NOT")], ""),
        ([], ""),
    ],
)
def test_eal_by_the_best_language_that_is_given(languages, eal):
    assert eal_of([{"LanguageType": kind, "Language": code} for kind, code in languages]) == eal


@pytest.mark.parametrize(
    ("instances", "facts"),
    [
        (None, {}),
        ([], {"fsm": False, "fsm_ever6": False}),
        ([""], {"fsm": True, "fsm_ever6": True}),
        (["2027-01-01"], {"fsm": True, "fsm_ever6": True}),
        (["2015-01-01"], {"fsm": False, "fsm_ever6": False}),
        (["soon"], {"fsm": False, "fsm_ever6": False}),
    ],
)
def test_free_meals_by_their_dates(instances, facts):
    assert fsm_of((instances and [{"FSMendDate": end} for end in instances]) or instances, TODAY) == facts


class TestWhoIsHere:
    def test_earlier_history_is_added_and_what_stands_is_left(self, counts):
        counts(LIST.format("K"))
        assert counts(file(WHO + sen(("2024-09-04", "", "K"), needs="HI"))) == (0, 1, 0, 0, 0, 0, 2, 0)
        ann = Pupil.objects.get(upn="R302412719001")
        found = ann.sen_records.order_by("starts_on").values_list("provision", "starts_on", "ends_on", "source")
        assert list(found) == [
            ("K", date(2024, 9, 4), date(2026, 11, 21), "transfer"),
            ("K", TODAY, None, "import"),
        ]
        assert list(ann.sen_needs.values_list("code", "ends_on")) == [("HI", None)]
        assert counts(file(WHO + sen(("2024-09-04", "", "K"), needs="HI")))[2] == 1

    def test_another_provision_before_is_history(self, counts):
        counts(LIST.format("E"))
        assert counts(file(WHO + sen(("2024-09-04", "", "K"), needs="HI"))) == (0, 1, 0, 0, 0, 0, 1, 1)
        assert not ProvisionProposal.objects.exists()
        assert not Pupil.objects.get(upn="R302412719001").sen_needs.exists()

    def test_for_who_is_not_on_the_register_it_is_a_proposal(self, counts):
        counts(LIST.format("N"))
        both = file(WHO + sen(("2020-09-01", "2021-08-31", "K"), ("2024-09-04", "", "E")))
        assert counts(both) == (0, 1, 0, 0, 0, 0, 1, 0)
        proposal = ProvisionProposal.objects.get()
        assert (proposal.before, proposal.after) == ("N", "E")
        assert Pupil.objects.get(upn="R302412719001").sen_records.get().ends_on == date(2021, 8, 31)
        assert counts(both)[2] == 1

    def test_while_there_is_no_register_it_is_written(self, counts):
        counts("Surname,Forename,UPN,DOB\nLow,Ann,R302412719001,01/02/2014\n")
        assert counts(file(WHO + K_THEN_E)) == (0, 1, 0, 0, 0, 0, 0, 1)

    def test_a_list_of_names_after_it_leaves_the_register_open_for_the_first_list_with_sen(self, counts):
        counts(file(WHO + K_THEN_E))
        counts("Surname,Forename,DOB\nHill,Bo,02/02/2014\n")
        assert counts(LIST.format("E"))[6:] == (1, 1)  # Bo is written, not proposed
        assert not ProvisionProposal.objects.exists()

    def test_columns_that_stand_are_left_and_empty_ones_filled(self, counts):
        counts("Surname,Forename,Preferred Forename,UPN,DOB,Year Group\nLow,Anne,Annie,R302412719001,01/02/2014,8\n")
        details = (
            "<BasicDetails><PreferredForename>Ann</PreferredForename><NCyearActual>6</NCyearActual></BasicDetails>"
        )
        assert counts(file(WHO.replace("Ann<", "Anne<") + details))[:3] == (0, 1, 0)
        ann = Pupil.objects.get()
        assert (ann.forename, ann.year_code, ann.sex) == ("Annie", "8", "F")

    def test_another_name_is_in_doubt_and_a_person_may_say_it_is_the_same(self, counts, upload, apply):
        counts(LIST.format("N"))
        batch = upload(file(WHO.replace("Low", "Marsh")), "ctf.xml")
        actions.settle_line(line=doubt(batch, 1), decision="same", by=IMPORT)
        apply(batch)
        assert Pupil.objects.get(upn="R302412719001").surname == "Marsh"


@pytest.mark.parametrize(
    ("entries", "spans"),
    [
        ([], []),
        ([("2022-09-05", "", "K")], [("K", "2022-09-05", "")]),
        ([("2022-09-05", "", "A"), ("2023-09-05", "", "P"), ("2024-09-05", "", "K")], [("K", "2022-09-05", "")]),
        ([("2024-01-01", "", "S"), ("2022-01-01", "", "K")],
         [("K", "2022-01-01", "2023-12-31"), ("E", "2024-01-01", "")]),
        ([("2022-01-01", "2025-01-01", "K"), ("2024-01-01", "", "E")],
         [("K", "2022-01-01", "2023-12-31"), ("E", "2024-01-01", "")]),
        ([("2022-01-01", "", "K"), ("2023-01-01", "", "N")], [("K", "2022-01-01", "2022-12-31")]),
        ([("2022-01-01", "", "K"), ("2022-01-01", "", "N")], []),
        ([("2022-01-01", "2022-06-30", "K"), ("2023-01-01", "", "K")],
         [("K", "2022-01-01", "2022-06-30"), ("K", "2023-01-01", "")]),
        ([("", "", "K"), ("soon", "", "K"), ("2022-01-01", "2021-01-01", "K"), ("2010-01-01", "", "K"),
          ("2022-01-01", "", "Q")], []),
    ],
)  # fmt: skip
def test_spans_follow_each_other(entries, spans):
    names = ("StartDate", "EndDate", "SENprovision")
    found, notes = spans_of([dict(zip(names, entry, strict=True)) for entry in entries], date(2014, 2, 1))
    assert [(span.provision, str(span.starts_on), str(span.ends_on or "")) for span in found] == spans
    assert len(notes) == (5 if len(entries) == 5 else 0)


def test_what_lies_before_and_its_moves():
    spans = [Span("K", date(2020, 1, 1), date(2020, 6, 30)), Span("K", date(2021, 1, 1)), Span("E", date(2027, 1, 1))]
    early = before(spans, date(2026, 1, 1))
    assert [span.words() for span in early] == [
        "SEN Support 1 January 2020 to 30 June 2020",
        "SEN Support 1 January 2021 to 31 December 2025",
    ]
    assert spans[1].words() == "SEN Support since 1 January 2021"
    assert [(old, new, str(on)) for old, new, on in moves_of(early)] == [
        ("N", "K", "2020-01-01"),
        ("K", "N", "2020-07-01"),
        ("N", "K", "2021-01-01"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        file(WHO).encode("utf-8-sig"),
        file(WHO).replace("UTF-8", "UTF-16").encode("utf-16"),
        file(WHO).replace("UTF-8", "UTF-16").encode("utf-16-be"),
        file(WHO).replace("UTF-8", "windows-1252").encode("cp1252"),
        file(WHO, root='<CTfile xmlns="http://www.example.org/ctf">'),
        file(WHO, root='<x:CTfile xmlns:x="urn:x">', end="</x:CTfile>").replace("<CTFpupilData", "<x:CTFpupilData")
        .replace("</CTFpupilData", "</x:CTFpupilData"),
        file(WHO).removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'),
    ],
)  # fmt: skip
def test_any_encoding_and_namespace(counts, data):
    assert counts(data)[0] == 1


def test_another_version_and_another_school_are_warnings(school, bring):
    head = HEAD.replace("25.0", "17.0").replace("4999", "4127")
    found = read_file(file(WHO, head=head).encode(), "x.xml", school)
    assert found.notes == [
        "The file is of version 17.0 of the transfer file; we know 24 to 26. Look at what was read",
        "The file was made for another school (302/4127). Check that these pupils come to you",
    ]
    assert read_file(file(WHO, head="").encode(), "x.xml", school).notes == [
        "The file is of version unknown of the transfer file; we know 24 to 26. Look at what was read"
    ]


def test_pupils_who_can_not_be_read_come_back_as_a_list(upload, apply):
    batch = upload(file(WHO, WHO.replace("2014-02-01", "soon"), "<UPN>x</UPN>"), "302_CTF.xml")
    assert (batch.kind, batch.counts["new"], batch.counts["failed"]) == ("transfer", 1, 2)
    sheet = read(*batches.failed_file(apply(batch))[:2])
    assert sheet.header[:3] == ["UPN", "Legal Surname", "Legal Forename"]
    assert [row[-1] for row in sheet.rows] == [
        "The date of birth can not be read.",
        "The forename or the surname is missing.",
    ]


def test_a_transfer_file_has_no_columns_to_set(upload):
    with pytest.raises(Refused, match="can not be read as that"):
        actions.set_columns(batch=upload(file(WHO), "x.xml"), columns={"UPN": ""}, by=IMPORT)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (file(), ctf.NOBODY),
        ("<?xml version='1.0'?><CTfile/>", ctf.NOBODY),
        ("<?xml version='1.0'?><Workbook/>", ctf.NO_CTF),
        (file(WHO, root="<ATfile>", end="</ATfile>"), ctf.NO_CTF),
        (file(WHO)[:-9], ctf.BROKEN),
        (file(WHO).replace("?>\n", "?>" + BOMB), ctf.BROKEN),
        (file(WHO).replace("?>\n", '?><!DOCTYPE CTfile SYSTEM "http://example.org/x.dtd">'), ctf.BROKEN),
        (file(WHO).replace("Low", "&a;"), ctf.BROKEN),
        (file(WHO).replace("UTF-8", "klingon"), ctf.BROKEN),
        (file("<a>" * 20 + "</a>" * 20), ctf.TOO_MUCH),
        (file(WHO + "<a/>" * ctf.MOST_ELEMENTS), ctf.TOO_MUCH),
        (file(WHO + "<a>" + "x" * 11_000_000 + "</a>"), ctf.TOO_MUCH),
    ],
    ids=lambda value: "" if len(value) > 60 else value[:30],
)
def test_what_is_no_transfer_file_is_refused(bring, data, sentence):
    with pytest.raises(Refused) as refused:
        bring(data)
    assert refused.value.sentence == sentence
    assert not Pupil.objects.exists()


def test_the_history_is_shown_in_words_before_it_is_written(upload):
    contact = "<Contacts><Contact><Surname>Low</Surname><Forename>Kim</Forename></Contact></Contacts>"
    batch = upload(file(WHO + K_THEN_E + contact), "x.xml")
    assert lines(batch)[0][3] == [
        ["SEN history", "", "SEN Support 5 September 2022 to 3 September 2026; EHC plan since 4 September 2026"],
        ["Types of need", "", "Speech, language and communication needs; Social, emotional and mental health"],
        ["Contacts", "", "Kim Low"],
    ]


def test_a_need_that_nobody_knows_is_noted(bring):
    plan = bring(file(WHO + sen(("2024-09-04", "", "K"), needs="XX HI")))
    assert plan.notes == {"A type of need is not one that we know and was left out.": [1]}
    assert SENNeed.objects.get().code == "HI"


def test_contacts_who_are_not_here_yet_are_added(counts, bring):
    one = "<Contacts><Contact><Surname>Low</Surname><Forename>Kim</Forename></Contact>"
    bring(file(WHO + one + "</Contacts>"))
    two = one + "<Contact><Surname>Low</Surname><Forename>Jo</Forename></Contact></Contacts>"
    assert counts(file(WHO + two))[:3] == (0, 1, 0)
    assert list(Contact.objects.order_by("id").values_list("forename", flat=True)) == ["Kim", "Jo"]
