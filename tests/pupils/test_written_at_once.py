"""Many at once: one note revised, one list begun, one photo sent by several people in the same second."""

import threading
from datetime import date

import pytest
from django.db import connection

from pupils import actions
from pupils.models import AboutMe, Note, PupilFile
from sendhub import files
from sendhub.kit.versions import Conflict
from sendhub.tenancy import school_context
from tests.files import samples

PEOPLE = ("sendco", "assistant", "teacher", "ta", "leader", "head", "dsl", "admin")


def at_once(school, work):
    """Run `work(number, person)` for everybody at the same moment; returns what each came to."""
    gate, came = threading.Barrier(len(PEOPLE)), {}

    def run(number, part):
        try:
            gate.wait()
            with school_context(school.school.pk):
                came[part] = work(number, getattr(school, part))
        except Exception as error:
            came[part] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return list(came.values())


@pytest.mark.django_db(transaction=True)
def test_of_many_who_revise_one_note_at_once_one_is_saved_and_the_others_are_shown_both(oakfield, aisha, inside, write):
    note = write("Begun.")

    def revise(number, member):
        return actions.change_note(note=note, version=1, text=f"Words of {number}.", by=member)

    came = at_once(oakfield, revise)
    saved = [one for one in came if isinstance(one, Note)]
    conflicts = [one for one in came if isinstance(one, Conflict)]
    assert (len(saved), len(conflicts)) == (1, len(PEOPLE) - 1)
    assert all(each.mine["text"].startswith("Words of") for each in conflicts)
    with inside():
        assert Note.objects.get().text == saved[0].text
        assert note.events.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_who_begin_one_list_at_once_one_begins_it(oakfield, aisha, inside):
    def begin(number, member):
        lines = {"strengths": f"Line {number}", "matters": "", "checked_on": date(2026, 9, 10)}
        return actions.change_about(pupil=aisha, **lines, version=0, by=member)

    came = at_once(oakfield, begin)
    assert [type(one) for one in came].count(AboutMe) == 1
    assert [type(one) for one in came].count(Conflict) == len(PEOPLE) - 1
    with inside():
        assert AboutMe.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_photos_sent_at_once_one_stands_and_no_other_is_kept(oakfield, aisha, inside, place):
    checked = files.look_into(samples.picture(), "x.jpg")
    came = at_once(
        oakfield, lambda number, member: actions.add_file(pupil=aisha, checked=checked, purpose="photo", by=member)
    )
    assert {type(one) for one in came} == {PupilFile}
    with inside():
        (photo,) = PupilFile.objects.there()
        assert PupilFile.objects.count() == len(PEOPLE)
    assert [path.name for path in place.iterdir()] == [photo.stored]
