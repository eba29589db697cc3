"""Files about a pupil: who may fetch them, how they are handed back, and that none is half there."""

import errno
import os
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pupils import actions
from pupils.models import PupilFile
from pupils.tasks import UPKEEP, tidy_school_files
from sendhub import files
from sendhub.files import store
from tests.files import samples


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def give(inside, oakfield, aisha):
    """`give(data, **options)` keeps a file about Aïsha, as the SENDCO."""

    def run(data=None, name="Plan of Zoe.pdf", pupil=aisha, **options):
        with inside():
            checked = files.look_into(data or samples.pdf(), name)
            return actions.add_file(pupil=pupil, checked=checked, by=oakfield.sendco, **options)

    return run


@pytest.fixture
def place(oakfield, tmp_path, settings):
    settings.FILES_DIR = tmp_path
    return store.folder(oakfield.school.pk)


def here(file):
    return f"pupils/{file.pupil_id}/files/{file.pk}/"


def status_of(visitor, file):
    answer = visitor.get(here(file))
    b"".join(answer)  # which closes the file
    return answer.status_code


def test_file_show_hands_it_back_as_a_download_in_which_nothing_can_run(visit, give, place):
    answer = visit("teacher").get(here(give()))
    assert answer.status_code == 200
    assert b"".join(answer) == samples.pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="Plan of Zoe.pdf"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_file_show_shows_a_picture_in_place(visit, give, place):
    answer = visit("teacher").get(here(give(samples.photo_from_a_phone(), "x.jpg")))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"Marker" not in b"".join(answer)


def test_file_show_is_logged_with_its_why(visit, give, looks, aisha, place):
    file = give()
    status_of(visit("ta"), file)
    verb, pupil, why, detail = looks()[-1]
    assert (verb, pupil, detail) == ("file.open", aisha.pk, {"file": file.pk})
    assert why.startswith("Teaching assistant since")


@pytest.mark.parametrize(
    ("part", "status"),
    [("sendco", 200), ("assistant", 200), ("head", 200), ("dsl", 200), ("admin", 404), ("teacher", 404), ("ta", 404),
     ("leader", 404), ("office", 403), ("governor", 403)],
)  # fmt: skip
def test_file_show_of_a_restricted_file_is_as_if_it_were_not_there(visit, give, part, status, place):
    assert status_of(visit(part), give(restricted=True)) == status


def test_file_show_finds_only_files_of_this_pupil(visit, give, oakfield, aisha, place):
    of_leon = give(pupil=oakfield.pupils["leon"])
    assert visit("sendco").get(f"pupils/{aisha.pk}/files/{of_leon.pk}/").status_code == 404
    assert visit("teacher").get(here(of_leon)).status_code == 404


def test_a_file_lies_under_a_random_name_that_only_the_owner_may_read(give, place):
    file = give()
    path = place / file.stored
    assert path.read_bytes() == samples.pdf()
    assert path.stat().st_mode & 0o777 == 0o600
    assert place.stat().st_mode & 0o777 == 0o700
    assert len(file.stored) == 48
    assert [each.name for each in place.iterdir()] == [file.stored]


def test_two_of_the_same_file_at_once_are_two_files(give, place):
    assert give().stored != give().stored
    assert len(list(place.iterdir())) == 2


def test_a_removed_file_is_out_of_sight_and_can_be_brought_back(visit, give, inside, oakfield, place):
    file = give()
    with inside():
        assert actions.remove_file(file=file, by=oakfield.sendco)
        assert not actions.remove_file(file=file, by=oakfield.teacher)
    assert status_of(visit("sendco"), file) == 404
    with inside():
        assert actions.put_file_back(file=file, by=oakfield.sendco)
    assert status_of(visit("sendco"), file) == 200


def test_a_full_disk_leaves_nothing_behind(give, place, inside, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(files.Refused, match="no room left"):
        give()
    assert list(place.iterdir()) == []
    with inside():
        assert not PupilFile.objects.exists()


def test_a_disk_that_may_not_be_written_says_so_too(give, place):
    place.parent.parent.mkdir(exist_ok=True)
    place.parent.write_text("a file where the folder should be")
    with pytest.raises(files.Refused, match="no room left"):
        give()


def test_a_row_that_can_not_be_written_takes_its_file_with_it(give, place, inside):
    give(purpose="photo", data=samples.picture(), name="x.jpg")
    with pytest.raises(IntegrityError), transaction.atomic():
        give(restricted=None)
    assert len(list(place.iterdir())) == 1


def grow_old(path):
    past = time.time() - 2 * store.YOUNG
    os.utime(path, (past, past))


def test_the_upkeep_removes_what_no_row_knows_but_not_what_is_being_written(give, place, oakfield):
    file = give()
    stray, young, part = place / ("0" * 48), place / ("1" * 48), place / "2.part"
    for path in (stray, young, part):
        path.write_bytes(b"x")
    for path in (stray, part, place / file.stored):
        grow_old(path)
    tidy_school_files(school_id=oakfield.school.pk)
    assert {each.name for each in place.iterdir()} == {file.stored, young.name}


def test_the_upkeep_says_which_files_are_lost_and_when_they_are_back(give, place, inside, visit, oakfield):
    file = give()
    path = place / file.stored
    path.rename(place / "elsewhere")
    assert status_of(visit("sendco"), file) == 404  # nobody has noticed yet
    with inside():
        assert actions.tidy_files(school_id=oakfield.school.pk, by=UPKEEP) == (0, 1)
        assert PupilFile.objects.get().lost_on == timezone.localdate()
        assert not PupilFile.objects.there().exists()
    (place / "elsewhere").rename(path)
    with inside():
        assert actions.tidy_files(school_id=oakfield.school.pk, by=UPKEEP) == (0, 0)
        assert PupilFile.objects.there().get() == file


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_what_was_removed_long_ago_go(give, place, inside, oakfield):
    file, later = give(), give()
    with inside():
        for each in (file, later):
            actions.remove_file(file=each, by=oakfield.sendco)
        PupilFile.objects.filter(pk=file.pk).update(removed_on=timezone.localdate() - timedelta(days=31))
        actions.tidy_files(school_id=oakfield.school.pk, by=UPKEEP)
    assert [each.name for each in place.iterdir()] == [later.stored]
    with inside():
        assert not actions.put_file_back(file=file, by=oakfield.sendco)
        assert actions.put_file_back(file=later, by=oakfield.sendco)


@pytest.mark.django_db(transaction=True)
def test_a_photo_takes_the_place_of_the_one_before_and_goes_with_its_bytes(give, place, inside, oakfield, aisha):
    first = give(samples.picture(), "x.jpg", purpose="photo")
    second = give(samples.picture(colour=(0, 0, 9)), "x.jpg", purpose="photo")
    assert [each.name for each in place.iterdir()] == [second.stored]
    with inside():
        assert actions.remove_photo(pupil=aisha, by=oakfield.sendco) == 1
        assert actions.remove_photo(pupil=aisha, by=oakfield.sendco) == 0
        assert not PupilFile.objects.there().exists()
        assert not actions.put_file_back(file=first, by=oakfield.sendco)
    assert list(place.iterdir()) == []
