"""A pupil's photo: only where the school wishes it, a square without its story, gone with one press."""

import errno
import io
import os

import pytest
from PIL import Image

from pupils.models import PupilFile
from staff.models import School
from tests.files import samples
from tests.pupils.noting import upload


@pytest.fixture
def wished(oakfield):
    School.objects.filter(pk=oakfield.school.pk).update(photos=True)
    oakfield.school.refresh_from_db()


def here(pupil, rest=""):
    return f"pupils/{pupil.pk}/photo/{rest}"


def send(visitor, pupil, data=None):
    return visitor.post(here(pupil), {"file": upload(data or samples.photo_from_a_phone(), "IMG.jpg")})


@pytest.mark.parametrize(
    ("part", "status"),
    [("sendco", 200), ("teacher", 200), ("leader", 200), ("ta", 403), ("admin", 403), ("head", 403), ("office", 403)],
)
def test_photo_change_is_for_those_who_change_the_record(visit, aisha, wished, part, status):
    assert visit(part).get(here(aisha)).status_code == status
    assert visit(part).post(here(aisha, "remove/")).status_code == (302 if status == 200 else status)


def test_where_the_school_does_not_wish_it_there_are_no_photos(visit, oakfield, aisha, wished, place, inside):
    sendco = visit("sendco")
    assert send(sendco, aisha).status_code == 302
    with inside():
        photo = PupilFile.objects.get()
    School.objects.filter(pk=oakfield.school.pk).update(photos=False)
    for path in (here(aisha), f"pupils/{aisha.pk}/files/{photo.pk}/"):
        assert sendco.get(path).status_code == 404
    assert send(sendco, aisha).status_code == 404
    for path in ("", "read/"):
        assert "<img" not in sendco.text(f"pupils/{aisha.pk}/{path}")
    assert "photo" not in sendco.text(f"pupils/{aisha.pk}/")


def test_a_photo_stands_instead_of_initials_square_and_without_its_story(visit, aisha, wished, place, inside, looks):
    sendco = visit("sendco")
    assert "Add the photo" in sendco.text(f"pupils/{aisha.pk}/")
    send(sendco, aisha)
    with inside():
        photo = PupilFile.objects.get()
    address = f"pupils/{aisha.pk}/files/{photo.pk}/"
    for path in ("", "read/", "photo/"):
        assert f'src="/s/oakfield/{address}"' in sendco.text(f"pupils/{aisha.pk}/{path}")
    assert "Change or remove the photo" in sendco.text(f"pupils/{aisha.pk}/")
    answer = visit("ta").get(address)
    data = b"".join(answer)
    assert answer["Content-Disposition"].startswith("inline")
    assert b"Marker" not in data
    assert Image.open(io.BytesIO(data)).size == (512, 512)
    assert looks()[-1][0] == "photo.open"
    assert "saw the photo" not in sendco.text(f"pupils/{aisha.pk}/history/")  # the page that shows it is a look


@pytest.mark.django_db(transaction=True)
def test_a_photo_is_removed_with_one_press_and_nothing_is_kept(visit, aisha, wished, place):
    sendco = visit("sendco")
    send(sendco, aisha)
    assert len(list(place.iterdir())) == 1
    assert sendco.post(here(aisha, "remove/")).status_code == 302
    assert list(place.iterdir()) == []
    assert "<img" not in sendco.text(f"pupils/{aisha.pk}/")


@pytest.mark.parametrize("data", [samples.pdf(), samples.SVG, samples.png_that_says_it_is_huge()])
def test_only_a_picture_is_a_photo(visit, aisha, wished, place, data):
    answer = send(visit("sendco"), aisha, data)
    assert answer.status_code == 422
    assert not place.exists()


def test_a_photo_has_to_be_chosen_and_the_disk_has_to_take_it(visit, aisha, wished, place, monkeypatch):
    sendco = visit("sendco")
    assert "Choose a photo first." in sendco.post(here(aisha), {}).content.decode()

    def full(descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    answer = send(sendco, aisha)
    assert answer.status_code == 422
    assert "no room left" in answer.content.decode()


def test_a_leavers_photo_is_not_changed(visit, oakfield, wished):
    assert visit("sendco").get(here(oakfield.pupils["gone"])).status_code == 404


def test_the_school_says_whether_it_wishes_photos(visit, oakfield):
    settings = {"trust_sees": "counts", "small_number": "", "photos": "on"}
    assert visit("sendco").post("staff/school/", settings).status_code == 302
    assert School.objects.get(pk=oakfield.school.pk).photos
