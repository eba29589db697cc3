"""Letters to families, and the families who are not known to be told."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from pupils import actions, letters
from pupils.models import Contact, FamilyLetter, RegisterMove
from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Job, Operation
from sendhub.kit.run import run as run_job
from sendhub.outbox.models import Message
from sendhub.rules.register_moves import Kind
from tests.pupils.families import more_pupils


# --- words -------------------------------------------------------------------------------------------------------
def syllables(word):
    """Vowel groups, a silent e left out: near enough for the formula."""
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and found > 1
    return max(found - silent, 1)


def reading_age(text):
    """Flesch-Kincaid grade as an age: American grade 5 is ten to eleven years."""
    sentences = [part for part in re.split(r"[.!?]\s", text) if part.strip()]
    words = re.findall(r"[A-Za-z’']+", text)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5


@pytest.mark.parametrize("kind", list(Kind))
def test_letters_read_at_nine_to_eleven_years_and_leave_no_gap(kind, oakfield, today):
    text = letters.standard(kind, sender="Priya Nair", school="Oakfield", on=today)
    told = letters.fill(text, oakfield.pupils["mei"], today)
    assert reading_age(told.partition("Yours")[0]) <= 11
    assert not set("[]{}") & set(told)
    assert "Mei" in told
    assert len(text) < letters.MOST
    for jargon in ("EHCP", "SENDCO", "provision", "LA ", "SENDIASS", "graduated"):
        assert jargon not in told


# --- letters -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("part", "status"), [("sendco", 200), ("admin", 200), ("head", 403), ("office", 403), ("teacher", 403)]
)
def test_letter_list_is_for_those_who_tell_families(visit, part, status):
    for page in ("letters/", "told/"):
        assert visit(part).get(f"pupils/register/{page}").status_code == status


def test_letters_go_from_the_queue_to_the_post_and_the_family_counts_as_told(visit, oakfield, inside, put_on, today):
    mei = oakfield.pupils["mei"]
    with inside():
        letter = put_on(mei).letters[0]
    admin = visit("admin")
    page = admin.text("pupils/register/letters/")
    assert "1 letter waits to be printed." in page
    assert "Print the letter" in page
    assert "Parent Zhou" in page
    answer = admin.post("pupils/register/letters/print/", {"all": "1"})
    with inside():
        job = Job.objects.get()
        assert job.title == "1 letter to families"
        assert job.params == {"ids": [letter.pk]}
    assert answer["Location"].endswith(f"/jobs/{job.pk}/")
    ask = admin.post("pupils/register/letters/post/", {"ids": letter.pk})
    assert "1 letter in the post" in ask.content.decode()
    data = {"ids": letter.pk, "posted_on": today.isoformat(), "told_by": oakfield.admin.staff_id}
    bad = admin.post("pupils/register/letters/post/", {**data, "posted_on": "2099-01-01", "told_by": ""})
    assert bad.status_code == 422
    assert "Choose who posted them." in bad.content.decode()
    assert admin.post("pupils/register/letters/post/", data).status_code == 302
    after = admin.text("pupils/register/letters/")
    assert "Their families count as told." in after
    assert "No letter waits to be printed." in after
    assert "Posted" in admin.text("pupils/register/letters/?tab=sent")
    with inside():
        move = RegisterMove.objects.get()
        assert (move.told, move.told_how, move.told_on) == ("told", "letter", today)
        assert move.told_by_id == oakfield.admin.staff_id
        undo_operation(operation=Operation.objects.get(kind="family.letter_post"), by=oakfield.admin)
        move.refresh_from_db()
        letter.refresh_from_db()
        assert (move.told, move.told_by_id, letter.sent_on) == ("letter", None, None)


@pytest.mark.django_db(transaction=True)
def test_the_job_makes_one_file_of_letters_each_on_its_own_sheet(oakfield, inside, put_on, settings, tmp_path):
    from sendhub.kit import jobs

    settings.FILES_DIR = tmp_path
    with inside():
        made = put_on(oakfield.pupils["mei"], *more_pupils(oakfield, 1))
        job = jobs.start(
            school_id=oakfield.school.pk, kind="pupils.letters", params={"ids": [each.pk for each in made.letters]},
            by=oakfield.sendco, title="2 letters to families",
        )  # fmt: skip
    assert run_job(school_id=oakfield.school.pk, pk=job.pk) == Job.State.DONE
    with inside():
        job.refresh_from_db()
    pages = PdfReader(io.BytesIO((tmp_path / "jobs" / job.file).read_bytes())).pages
    texts = [page.extract_text() for page in pages]
    assert len(pages) == 2
    assert "News about Pupil0." in texts[0]
    assert "News about Mei." in texts[1]
    assert all("Oakfield Secondary School" in text and "Page" not in text for text in texts)
    assert job.sentence.startswith("2 letters in the file.")
    with inside():
        actions.mark_posted(
            letters=made.letters, posted_on=timezone.localdate(), told_by=oakfield.sendco.staff, by=oakfield.sendco
        )
        again = jobs.start(
            school_id=oakfield.school.pk, kind="pupils.letters", params={"ids": [made.letters[0].pk]},
            by=oakfield.sendco, title="1 letter to families",
        )  # fmt: skip
    assert run_job(school_id=oakfield.school.pk, pk=again.pk) == Job.State.FAILED


def test_a_letter_is_withdrawn_only_when_the_family_hears_otherwise(visit, oakfield, inside, put_on, today):
    mei = oakfield.pupils["mei"]
    with inside():
        Contact.objects.create(
            school=oakfield.school, pupil=mei, forename="Li", surname="Zhou", parental_responsibility=True, priority=2
        )
        first, second = put_on(mei).letters
    sendco = visit("sendco")
    sendco.post("pupils/register/letters/withdraw/", {"ids": first.pk})
    assert "1 letter withdrawn." in sendco.text("pupils/register/letters/?tab=withdrawn")
    sendco.post("pupils/register/letters/withdraw/", {"ids": second.pk})
    assert "the family would hear nothing" in sendco.text("pupils/register/letters/")
    with inside():
        move = RegisterMove.objects.get()
        actions.record_told(
            moves=[move], told_on=today, told_how="phone", told_by=oakfield.sendco.staff, by=oakfield.sendco
        )
    sendco.post("pupils/register/letters/withdraw/", {"ids": second.pk})
    with inside():
        assert not FamilyLetter.objects.filter(withdrawn_on=None).exists()
    assert (
        "Nothing was done: choose letters first."
        in sendco.client.post(
            "/s/oakfield/pupils/register/letters/withdraw/", {"ids": second.pk}, follow=True
        ).content.decode()
    )


def test_the_first_posted_letter_tells_the_family_and_the_second_goes_after_it(oakfield, inside, put_on, today):
    mei = oakfield.pupils["mei"]
    with inside():
        Contact.objects.create(
            school=oakfield.school, pupil=mei, forename="Li", surname="Zhou", parental_responsibility=True, priority=2
        )
        first, second = put_on(mei).letters
        for letter, day in ((first, today - timedelta(days=1)), (second, today)):
            actions.mark_posted(letters=[letter], posted_on=day, told_by=oakfield.ta.staff, by=oakfield.sendco)
        assert RegisterMove.objects.get().told_on == today - timedelta(days=1)
        assert not FamilyLetter.objects.filter(sent_on=None).exists()


def test_a_notice_that_did_not_arrive_says_so_and_the_letter_can_be_printed(visit, oakfield, inside, put_on):
    with inside():
        letter = put_on(oakfield.pupils["mei"], print_all=False).letters[0]
    sendco = visit("sendco")
    page = sendco.text("pupils/register/letters/?tab=sent")
    assert "E-mail on its way: asked to ring" in page
    assert "Record that they were told" in page
    assert "E-mail on its way" in sendco.text(f"pupils/register/letters/{letter.pk}/")
    with inside():
        Message.objects.update(state="dead")
    assert "E-mail not delivered: print the letter" in sendco.text("pupils/register/letters/?tab=sent")
    for path in ("print", "post", "reprint"):
        empty = sendco.post(f"pupils/register/letters/{path}/")
        assert empty.status_code in {200, 302}
    sendco.post("pupils/register/letters/reprint/", {"ids": letter.pk})
    assert "1 letter waits to be printed." in sendco.text("pupils/register/letters/")
    assert "waits to be printed" in sendco.text(f"pupils/register/letters/{letter.pk}/")


@pytest.mark.parametrize("number", [1, 3])
def test_letter_list_costs_the_same_for_one_row_and_for_three(
    visit, oakfield, inside, put_on, django_assert_num_queries, number
):
    with inside():
        put_on(*more_pupils(oakfield, number), print_all=False)
        FamilyLetter.objects.update(way="email", sent_on=timezone.localdate())
    sendco = visit("sendco")
    with django_assert_num_queries(18):
        assert sendco.text("pupils/register/letters/?tab=sent").count("Choose the letter to") == number


# --- told? -------------------------------------------------------------------------------------------------------
def imported(oakfield, key, today):
    pupil = oakfield.pupils[key]
    return RegisterMove.objects.create(
        school=oakfield.school, pupil=pupil, before="N", after="K", on=today - timedelta(days=200), on_known=False,
        source="file", told="cannot_tell",
    )  # fmt: skip


def test_told_list_begins_with_those_of_whom_nobody_can_tell(visit, oakfield, inside, put_on, today):
    with inside():
        imported(oakfield, "aisha", today)
        imported(oakfield, "gone", today)
        put_on(oakfield.pupils["mei"])
        actions.move_on_register(
            pupil=oakfield.pupils["leon"], after="K", on=today, council_on=today, reason="Ceased.",
            by=oakfield.sendco, told_on=today, told_how="phone", told_by=oakfield.sendco.staff,
        )  # fmt: skip
    page = visit("admin").text("pupils/register/told/")
    assert "2 families may not have been told." in page
    assert page.index("Khan, Aïsha") < page.index("Zhou, Mei")
    assert "Left, Gale" not in page
    assert "Walker, Leon" not in page
    assert "7 days left" in page
    assert "SEN Support, first seen in a file of" in page
    narrow = visit("admin").text("pupils/register/told/?form=8B")
    assert "No family fits this view" in narrow
    assert "Zhou, Mei" in visit("admin").text("pupils/register/told/?year=9&form=9C")


def test_only_the_newest_move_of_a_pupil_waits(visit, oakfield, inside, put_on, today):
    with inside():
        imported(oakfield, "aisha", today)
        actions.move_on_register(
            pupil=oakfield.pupils["aisha"], after="N", on=today, reason="Caught up.", by=oakfield.sendco,
            told_on=today, told_how="phone", told_by=oakfield.sendco.staff,
        )  # fmt: skip
    assert "Every family was told." in visit("sendco").text("pupils/register/told/")


def test_many_families_are_recorded_as_told_and_that_is_undone(visit, oakfield, inside, put_on, today):
    with inside():
        moves = [imported(oakfield, "aisha", today), put_on(oakfield.pupils["mei"]).moves[0]]
    admin = visit("admin")
    query = "&".join(f"moves={move.pk}" for move in moves)
    page = admin.text(f"pupils/register/told/record/?{query}")
    assert "How were 2 families told?" in page
    assert "Khan, Aïsha, 9C" in page
    assert f'value="{oakfield.admin.staff_id}" selected' in page
    data = {"moves": f"{moves[0].pk},{moves[1].pk}", "told_how": "meeting", "told_by": oakfield.sendco.staff_id}
    assert admin.post("pupils/register/told/record/", data).status_code == 422
    answer = admin.post("pupils/register/told/record/", {**data, "told_on": "2026-10-12"})
    assert answer.status_code == 302
    assert "Saved: 2 families told." in admin.text("pupils/register/told/")
    with inside():
        assert set(RegisterMove.objects.values_list("told", flat=True)) == {"told"}
        undo_operation(operation=Operation.objects.get(kind="family.tell"), by=oakfield.admin)
        assert set(RegisterMove.objects.values_list("told", flat=True)) == {"cannot_tell", "letter"}
    assert "No family is chosen" in admin.text("pupils/register/told/record/")
    assert "How was the family of Aïsha Khan told?" in admin.text(f"pupils/register/told/record/?moves={moves[0].pk}")


@pytest.mark.parametrize("number", [1, 3])
def test_told_list_costs_the_same_for_one_row_and_for_three(
    visit, oakfield, inside, put_on, django_assert_num_queries, number
):
    with inside():
        put_on(*more_pupils(oakfield, number))
    sendco = visit("sendco")
    with django_assert_num_queries(17):
        assert sendco.text("pupils/register/told/").count("Choose More") == number
