"""The file for the next school: chosen by a person, made by a job, marked as sent, its 15 school days beside it."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from pupils.models import Pupil, PupilFile, PupilFlag, SENRecord
from sendhub import files
from sendhub.desk import actions
from sendhub.desk.models import LeavingFile
from sendhub.desk.rights.leaving import file_of
from sendhub.kit.models import Job
from sendhub.kit.run import run
from staff.models import Term


@pytest.fixture
def proved(monkeypatch):
    monkeypatch.setattr("staff.signin.stepup.recently", lambda request: True)


@pytest.fixture
def gone(inside, oakfield):
    """Gale was on the register and left two days ago, in term."""
    today = timezone.localdate()
    with inside():
        gone = oakfield.pupils["gone"]
        SENRecord.objects.create(
            school=oakfield.school, pupil=gone, provision="K", starts_on=today - timedelta(days=90)
        )
        Pupil.objects.filter(pk=gone.pk).update(
            left_on=today - timedelta(days=2), first_line="Sits by Leon", speak_to_dsl=True, in_care=True
        )
        PupilFlag.objects.create(
            school=oakfield.school, pupil=gone, kind="concern", note="Slow to read", starts_on=today - timedelta(days=9)
        )
        gone.refresh_from_db()
    return gone


@pytest.fixture
def kept(inside, oakfield, gone):
    """A file that anybody with the record may read, and a restricted one."""
    with inside():
        for name, restricted in (("report.pdf", False), ("secret.pdf", True)):
            PupilFile.objects.create(
                school=oakfield.school, pupil=gone, name=name, kind="pdf", size=6, digest=name, restricted=restricted,
                stored=files.keep(f"BYTES-{name}".encode(), school_id=oakfield.school.pk), added_by=oakfield.sendco,
            )  # fmt: skip


def made(inside, gone, member, **choice):
    """{name: text} of the ZIP that this member would get."""
    with inside():
        chosen = {"parts": ["pupils.Pupil", "pupils.PupilFlag", "pupils.PupilFile"], "with_restricted": False, **choice}
        content = file_of(actions.choose_file(pupil=gone, by=member, **chosen), member)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_today_says_whose_file_is_not_sent_and_by_when(visit, gone):
    for part in ("sendco", "assistant", "head"):
        page = visit(part).text("")
        assert "1 pupil left, and the file for the next school is not marked as sent" in page
        assert "The number of days is not confirmed." in page
    for part in ("teacher", "office", "data_lead", "governor"):
        assert "file for the next school" not in visit(part).text("")


def test_it_goes_by_the_fifteenth_school_day(visit, inside, oakfield, gone):
    with inside():
        Term.objects.filter(school=oakfield.school).update(ends_on=timezone.localdate() + timedelta(days=60))
    page = visit("sendco").text("rights/leaving/")
    assert "1 file for the next school to send" in page
    assert "days left" in page
    assert "Cannot tell by when" not in page
    with inside():
        Term.objects.filter(school=oakfield.school).delete()
    assert "Cannot tell by when" in visit("sendco").text("rights/leaving/")


def test_one_person_chooses_and_a_job_makes_it(visit, proved, inside, oakfield, gone, kept, looks):
    person = visit("sendco")
    page = person.text(f"rights/leaving/{gone.pk}/")
    assert "Also what is restricted" in page
    form = {"parts": ["pupils.Pupil", "pupils.PupilFlag"], "form_id": "6a4bc8b6-43c5-4d2c-9d0e-3a1f9c1f2b11"}
    assert person.post(f"rights/leaving/{gone.pk}/", {**form, "parts": []}).status_code == 422
    assert person.post(f"rights/leaving/{gone.pk}/", {**form, "parts": ["desk.Removal"]}).status_code == 422
    assert person.post(f"rights/leaving/{gone.pk}/", form).status_code == 302
    with inside():
        file, job = LeavingFile.objects.get(), Job.objects.get()
    assert (file.parts, file.with_restricted, file.chosen_by_id) == (form["parts"], False, oakfield.sendco.pk)
    assert job.params == {"file": file.pk}
    assert ("leaving.open", gone.pk) in [(verb, pupil) for verb, pupil, _, _ in looks()]
    assert "Made before" in person.text(f"rights/leaving/{gone.pk}/")


def test_the_file_says_the_same_as_pdf_and_as_json(inside, oakfield, gone):
    from pypdf import PdfReader

    found = made(inside, gone, oakfield.sendco)
    data = json.loads(found["sen-file.json"])
    document = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(found["sen-file.pdf"])).pages)
    assert (data["child"], data["left_on"]) == ("Gale Left", gone.left_on.isoformat())
    assert [part["title"] for part in data["parts"]] == ["Pupils", "Flags"]
    for words in ("Slow to read", "Gale", "Oakfield Secondary School"):
        assert words in document
        assert words in found["sen-file.json"].decode()


def test_other_pupils_and_the_safeguarding_leads_things_stay_here(inside, oakfield, gone):
    text = made(inside, gone, oakfield.sendco)["sen-file.json"].decode()
    assert "Sits by [name]" in text
    assert "Leon" not in text
    assert "safeguarding" not in text.lower()
    assert "In care" in text or "In_care" in text or "in care" in text.lower()
    assert "care" not in made(inside, gone, oakfield.assistant, parts=["pupils.PupilFlag"])["sen-file.json"].decode()


def test_what_is_restricted_stays_until_somebody_who_may_read_it_ticks_it(inside, oakfield, gone, kept):
    plain = made(inside, gone, oakfield.sendco)
    assert "secret.pdf" not in " ".join(plain) + plain["sen-file.json"].decode()
    assert any(name.endswith("report.pdf") for name in plain)
    ticked = made(inside, gone, oakfield.sendco, with_restricted=True)
    assert any(name.endswith("secret.pdf") for name in ticked)
    may_not = made(inside, gone, oakfield.admin, with_restricted=True)
    assert "secret.pdf" not in " ".join(may_not) + may_not["sen-file.json"].decode()


def test_who_may_not_read_what_is_restricted_is_not_asked(visit, proved, gone):
    assert "Also what is restricted" not in visit("admin").text(f"rights/leaving/{gone.pk}/")


def test_it_is_marked_as_sent_and_then_nobody_is_asked_any_more(visit, inside, oakfield, gone):
    with inside():
        file = actions.choose_file(pupil=gone, parts=["pupils.Pupil"], with_restricted=False, by=oakfield.sendco)
    person, path = visit("sendco"), f"rights/leaving/files/{file.pk}/send/"
    assert person.post(path, {"sent_on": timezone.localdate().isoformat()}).status_code == 422
    said = {"sent_on": timezone.localdate().isoformat(), "sent_to": "Hill School, the SENDCO", "sent_how": "s2s"}
    assert person.post(path, said).status_code == 302
    page = person.text("rights/leaving/")
    assert "Every file for the next school is sent" in page
    assert "Hill School, the SENDCO" in page
    assert "not marked as sent" not in person.text("")
    assert "Hill School" in person.text(path)


def test_only_of_a_pupil_who_left_and_whom_one_may_see(visit, proved, gone, aisha):
    assert visit("sendco").get(f"rights/leaving/{aisha.pk}/").status_code == 404
    for part in ("teacher", "office", "data_lead", "governor"):
        assert visit(part).get("rights/leaving/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_job_ends_with_the_file(visit, proved, inside, gone):
    person = visit("sendco")
    form = {"parts": ["pupils.Pupil"], "form_id": "6a4bc8b6-43c5-4d2c-9d0e-3a1f9c1f2b11"}
    person.post(f"rights/leaving/{gone.pk}/", form)
    with inside():
        job = Job.objects.get()
    assert run(school_id=job.school_id, pk=job.pk) == "done"
    file = person.get(f"work/jobs/{job.pk}/file/")
    assert "Left" not in file["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))) as archive:
        assert archive.namelist() == ["sen-file.pdf", "sen-file.json"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_makes_the_same_queries_however_many_left(
    visit, inside, oakfield, gone, rows, django_assert_num_queries
):
    with inside():
        for number in range(rows - 1):
            pupil = Pupil.objects.create(
                school=oakfield.school, forename=f"A{number}", surname="B", legal_forename="A", legal_surname="B",
                sort_name=f"b a{number}", born_on=gone.born_on, left_on=gone.left_on, year_sort=9,
            )  # fmt: skip
            SENRecord.objects.create(school=oakfield.school, pupil=pupil, provision="K", starts_on=gone.born_on)
    person = visit("sendco")
    person.get("rights/leaving/")
    with django_assert_num_queries(16):
        person.text("rights/leaving/")
