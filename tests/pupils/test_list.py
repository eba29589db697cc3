"""The list of pupils: who sees which rows and columns, what may be asked, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import Contact, GroupPupil, Pupil, PupilAdult, SENNeed, SENRecord
from sendhub.kit.actions import save_view, share_view

QUERIES = 14  # of the SENDCO's list: session, person, school, filters, rows, log


def names(page):
    return re.findall(r'role="rowheader"><a [^>]*>([^<]+)</a>', page)


def pills(page):
    block = re.search(r'<nav class="views".*?</nav>', page, re.S).group()
    return {label: int(count) for label, count in re.findall(r">([^<>]+) <span class=\"count\">(\d+)</span>", block)}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("sendco", ["Khan, Aïsha", "Walker, Leon"]),  # the register
        ("admin", ["Khan, Aïsha", "Walker, Leon"]),
        ("head", ["Khan, Aïsha", "Walker, Leon"]),
        ("dsl", ["Khan, Aïsha", "Walker, Leon"]),
        ("teacher", ["Khan, Aïsha", "Zhou, Mei"]),  # those whom they teach, on the register or not
        ("ta", ["Khan, Aïsha"]),
        ("leader", ["Khan, Aïsha", "Zhou, Mei"]),
        ("office", ["Khan, Aïsha", "Walker, Leon", "Zhou, Mei"]),  # everyone on roll, and no word of SEND
    ],
)
def test_pupil_list_begins_with_the_pupils_of_the_role(visit, part, expected):
    assert names(visit(part).text("pupils/")) == expected


@pytest.mark.parametrize("part", ["governor", "trust_lead"])
def test_pupil_list_is_closed_to_those_who_see_counts(visit, part):
    assert visit(part).get("pupils/").status_code == 403


def test_pupil_list_tells_the_office_nothing_about_send(visit, inside, oakfield):
    with inside():
        Pupil.objects.filter(pk=oakfield.pupils["leon"].pk).update(first_line="Sit him by the door.")
    page = visit("office").text("pupils/?provision=E&need=ASD&gap=need&sort=provision")
    assert names(page) == ["Khan, Aïsha", "Walker, Leon", "Zhou, Mei"]
    main = page[page.index("<main") :]
    for word in ("EHC", "SEN Support", "Autism", "Specific", "by the door", "Main need", "register", "Needs"):
        assert word not in main
    assert pills(page) == {"Everyone": 3}
    assert f'href="/s/oakfield/pupils/{oakfield.pupils["leon"].pk}/contacts/"' in page


@pytest.mark.parametrize("word", ["premium", "fsm", "care"])
def test_pupil_list_hidden_circumstances_can_not_be_guessed_by_address(visit, word):
    asked, plain = (
        re.sub(rf"&amp;{word}=1|{word}=1|{word}%3D1", "", visit("teacher").text(f"pupils/?{query}"))
        for query in (f"{word}=1", "")
    )
    assert names(asked) == names(plain) == ["Khan, Aïsha", "Zhou, Mei"]
    assert pills(asked) == pills(plain)


def test_pupil_list_filters_circumstances_for_those_who_may(visit):
    sendco = visit("sendco")
    assert names(sendco.text("pupils/?provision=all&care=1")) == ["Walker, Leon"]
    assert names(sendco.text("pupils/?provision=all&fsm=1&premium=1")) == ["Khan, Aïsha"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("provision=all", ["Khan, Aïsha", "Walker, Leon", "Zhou, Mei"]),
        ("provision=none", ["Zhou, Mei"]),
        ("provision=E", ["Walker, Leon"]),
        ("provision=K&year=9", ["Khan, Aïsha"]),
        ("provision=K&year=8", []),
        ("provision=all&form=9C", ["Khan, Aïsha", "Zhou, Mei"]),
        ("need=ASD", ["Walker, Leon"]),
        ("gap=key_adult", ["Walker, Leon"]),
        ("gap=first_line", ["Khan, Aïsha", "Walker, Leon"]),
        ("gap=need", []),
        ("provision=nonsense&need=x&year=" + "9" * 40, ["Khan, Aïsha", "Walker, Leon"]),
        ("sort=-name", ["Walker, Leon", "Khan, Aïsha"]),
        ("sort=form", ["Walker, Leon", "Khan, Aïsha"]),
        ("sort=-form", ["Khan, Aïsha", "Walker, Leon"]),
        ("sort=provision", ["Walker, Leon", "Khan, Aïsha"]),
        ("sort=-provision&provision=all", ["Khan, Aïsha", "Walker, Leon", "Zhou, Mei"]),
        ("sort=upn", ["Khan, Aïsha", "Walker, Leon"]),
        ("page=99", ["Khan, Aïsha", "Walker, Leon"]),
    ],
)
def test_pupil_list_filters_and_sorts(visit, query, expected):
    assert names(visit("sendco").text(f"pupils/?{query}")) == expected


def test_pupil_list_says_how_it_is_sorted_and_which_view_is_on(visit):
    page = visit("sendco").text("pupils/?sort=-name&provision=E")
    assert "1 pupil. Sorted by name, the other way round." in page
    assert 'aria-sort="descending"' in page
    assert re.search(r'aria-current="page">EHC plans', page)
    assert 'href="?sort=name&amp;provision=E"' in page or 'href="?provision=E&amp;sort=name"' in page


def test_pupil_list_an_unknown_start_is_said_and_sorts_last(visit, inside, oakfield):
    with inside():
        SENRecord.objects.filter(pupil=oakfield.pupils["aisha"]).update(start_known=False)
    page = visit("sendco").text("pupils/?sort=since")
    assert names(page) == ["Walker, Leon", "Khan, Aïsha"]
    assert "cannot tell" in page


def test_pupil_list_pills_count_what_they_show(visit):
    sendco = visit("sendco")
    assert pills(sendco.text("pupils/")) == {
        "On the register": 2,
        "EHC plans": 1,
        "SEN Support": 1,
        "Everyone": 3,
        "Nothing to know yet": 2,
        "No key adult": 1,
    }  # and no pill for a gap that nobody has
    assert pills(sendco.text("pupils/?gap=need"))["No need recorded"] == 0


def test_pupil_list_saved_views_are_own_and_shared_and_never_tell_what_is_hidden(visit, inside, oakfield):
    with inside():
        for name, query in (("Year 9", "provision=all&year=9"), ("In care", "provision=all&care=1")):
            view = save_view(by=oakfield.sendco, name=name, page="pupils:pupil-list", query=query, shared=False)
            share_view(view=view, by=oakfield.sendco, shared=True)
    assert pills(visit("sendco").text("pupils/")).items() >= {"Year 9": 2, "In care": 1}.items()
    teachers = pills(visit("teacher").text("pupils/"))
    assert teachers["Year 9"] == 2
    assert "In care" not in teachers


def test_pupil_list_writes_names_as_text_and_never_as_markup(visit, inside, oakfield):
    with inside():
        Pupil.objects.filter(pk=oakfield.pupils["leon"].pk).update(
            surname="<b>\"O'Hara", forename="{pk}", form="<i>", first_line="<script>x</script> {name}"
        )
    page = visit("sendco").text("pupils/?provision=E")
    assert "&lt;b&gt;&quot;O&#x27;Hara, {pk}</a>" in page
    assert 'aria-label="Choose &lt;b&gt;&quot;O&#x27;Hara, {pk}"' in page
    assert "&lt;script&gt;x&lt;/script&gt; {name}" in page
    assert "<script>x" not in page
    assert "<i>" not in page


def test_pupil_list_of_a_later_page(visit, inside, oakfield):
    add_pupils(inside, oakfield, 60)
    sendco = visit("sendco")
    first, second = sendco.text("pupils/?provision=all"), sendco.text("pupils/?provision=all&page=2")
    assert (len(names(first)), len(names(second))) == (50, 13)
    assert "63 pupils. Sorted by name. Page 2 of 2." in second
    assert 'aria-current="page"><span class="visually-hidden">Page </span>2' in second
    assert len(names(sendco.text("pupils/?provision=all&size=250"))) == 63


def test_pupil_list_by_htmx_is_the_list_alone(visit):
    part = visit("sendco").text("pupils/?provision=E", **{"HX-Request": "true"})
    assert names(part) == ["Walker, Leon"]
    assert "<html" not in part
    assert part.strip().startswith('<div class="stack" id="pupils">')


def test_pupil_list_is_logged_with_whom_it_showed(visit, looks, oakfield):
    visit("teacher").text("pupils/?year=9")
    ids = [oakfield.pupils["aisha"].pk, oakfield.pupils["mei"].pk]
    assert looks() == [("pupil.list", None, "", {"pupils": 2, "ids": ids, "filter": "year=9&provision=all"})]


def test_pupil_list_offers_downloads_to_those_who_may(visit):
    assert "Download the chosen" in visit("sendco").text("pupils/")
    page = visit("teacher").text("pupils/")
    assert "Download" not in page
    assert 'name="ids"' not in page


@pytest.mark.parametrize(
    ("part", "query", "words"),
    [
        ("sendco", "gap=need", "Nobody is on this list"),
        ("sendco", "provision=E&year=9", "No pupil fits this view"),
        ("teacher", "provision=E", "No pupil fits this view"),
    ],
)
def test_pupil_list_says_why_it_is_empty(visit, part, query, words):
    assert words in visit(part).text(f"pupils/?{query}")


def test_pupil_list_of_nobody(visit, inside, oakfield):
    with inside():
        GroupPupil.objects.all().delete()
    assert "No pupil is linked to you today" in visit("teacher").text("pupils/")
    with inside():
        Pupil.objects.update(left_on=timezone.localdate())
    assert "No pupils yet" in visit("sendco").text("pupils/?provision=all")


@pytest.mark.parametrize("rows", [1, 3])
def test_pupil_list_asks_as_many_questions_for_one_row_as_for_three(visit, inside, oakfield, rows):
    with inside():
        for key in ("aisha", "leon", "gone")[rows:] if rows == 1 else ():
            SENRecord.objects.filter(pupil=oakfield.pupils[key]).delete()
        if rows == 3:
            SENRecord.objects.create(
                school=oakfield.school, pupil=oakfield.pupils["mei"], provision="K", starts_on=timezone.localdate()
            )
    sendco = visit("sendco")
    sendco.text("pupils/")
    with CaptureQueriesContext(connection) as seen:
        page = sendco.text("pupils/")
    assert len(names(page)) == rows
    assert len(seen) == QUERIES


def add_pupils(inside, oakfield, number):
    with inside():
        pupils = Pupil.objects.bulk_create(
            Pupil(
                school=oakfield.school,
                mis_id=f"m{n}",
                forename="Ann",
                surname=f"Bell{n:02}",
                legal_forename="Ann",
                legal_surname=f"Bell{n:02}",
                sort_name=f"bell{n:02} ann",
                born_on=timezone.localdate() - timedelta(days=4000),
                year_code="7",
                year_sort=7,
                form="7A",
            )
            for n in range(number)
        )
        SENNeed.objects.bulk_create(
            SENNeed(school=oakfield.school, pupil=pupil, code="ZZZ", rank=1, starts_on=timezone.localdate())
            for pupil in pupils[:1]
        )
        PupilAdult.objects.create(
            school=oakfield.school, pupil=pupils[0], staff=oakfield.ta.staff, part="ta", starts_on=timezone.localdate()
        )
        Contact.objects.filter(pupil__in=pupils).delete()
        return pupils


def test_pupil_list_prints_a_code_that_the_census_does_not_know(visit, inside, oakfield):
    add_pupils(inside, oakfield, 1)
    assert "ZZZ" in visit("sendco").text("pupils/?provision=all&year=7")
    assert names(visit("office").text("pupils/?gap=email")) == ["Bell00, Ann"]
