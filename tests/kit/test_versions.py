"""Two people change one pupil: nothing that either typed is lost."""

import re
import threading

import pytest
from django.conf import settings
from django.db import connection
from django.urls import set_urlconf

from pupils.models import Pupil
from sendhub.audit import acting
from sendhub.kit import versions
from sendhub.tenancy import school_context


def save(person, pupil, seen, **changes):
    with acting(person, "test.save"):
        return versions.save_version(pupil, seen, **changes)


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


def test_what_nobody_else_touched_is_simply_saved(oakfield, aisha):
    saved = save(oakfield.sendco, aisha, 1, first_line="Sits at the front")
    assert (saved.first_line, saved.version) == ("Sits at the front", 2)


def test_saving_the_same_again_is_no_new_version(oakfield, aisha):
    save(oakfield.sendco, aisha, 1, first_line="Sits at the front")
    assert save(oakfield.sendco, aisha, 2, first_line="Sits at the front").version == 2


def test_changes_of_different_fields_are_merged(oakfield, aisha):
    save(oakfield.sendco, aisha, 1, first_line="Sits at the front", pronouns="")
    merged = save(oakfield.admin, aisha, 1, first_line="", pronouns="she/her")
    assert (merged.first_line, merged.pronouns, merged.version) == ("Sits at the front", "she/her", 3)


def test_the_same_change_by_both_is_no_clash(oakfield, aisha):
    save(oakfield.sendco, aisha, 1, first_line="Sits at the front")
    assert save(oakfield.admin, aisha, 1, first_line="Sits at the front").version == 2


def test_different_changes_of_one_field_clash_and_nothing_is_written(oakfield, aisha):
    save(oakfield.sendco, aisha, 1, first_line="Sits at the front")
    with pytest.raises(versions.Conflict) as clash:
        save(oakfield.admin, aisha, 1, first_line="Sits by the door", pronouns="she/her")
    assert clash.value.fields == ["first_line"]
    assert clash.value.current.first_line == "Sits at the front"
    assert clash.value.mine == {"first_line": "Sits by the door", "pronouns": "she/her"}
    assert "door" not in str(clash.value)
    aisha.refresh_from_db()
    assert (aisha.first_line, aisha.pronouns, aisha.version) == ("Sits at the front", "", 2)


def test_a_version_that_never_was_has_seen_nothing(oakfield, aisha):
    save(oakfield.sendco, aisha, 1, first_line="Sits at the front")
    with pytest.raises(versions.Conflict):
        save(oakfield.admin, aisha, 99, first_line="Sits by the door")


def test_a_field_that_this_person_left_alone_is_as_it_is_now_when_they_save_again(oakfield, aisha):
    """A form sends all of its fields: its old value of one that another has changed must not come back."""
    save(oakfield.sendco, aisha, 1, first_line="Sits at the front", pronouns="she/her")
    with pytest.raises(versions.Conflict) as clash:
        save(oakfield.admin, aisha, 1, first_line="Sits by the door", pronouns="")
    assert clash.value.mine == {"first_line": "Sits by the door", "pronouns": "she/her"}
    saved = save(oakfield.admin, aisha, 2, **clash.value.mine)
    assert (saved.first_line, saved.pronouns) == ("Sits by the door", "she/her")


def test_lines_that_only_one_of_the_two_touched_are_put_together(oakfield, aisha):
    saved = save(oakfield.sendco, aisha, 1, first_line="One\nTwo\nThree")
    save(oakfield.sendco, aisha, saved.version, first_line="ONE\nTwo\nThree")
    merged = save(oakfield.admin, aisha, saved.version, first_line="One\nTwo\nTHREE")
    assert merged.first_line == "ONE\nTwo\nTHREE"
    with pytest.raises(versions.Conflict) as clash:
        save(oakfield.admin, aisha, saved.version, first_line="Uno\nTwo\nThree\nFour")
    assert clash.value.together == {"first_line": "Uno\nTwo\nTHREE\nFour"}


def test_lines_that_are_too_long_together_are_left_to_the_two(oakfield, aisha):
    save(oakfield.sendco, aisha, 1, first_line="One\nTwo")
    save(oakfield.sendco, aisha, 2, first_line="One" * 40 + "\nTwo")
    with pytest.raises(versions.Conflict):
        save(oakfield.admin, aisha, 2, first_line="One\n" + "Two" * 40)


@pytest.fixture
def in_school():
    """Links resolve as they do under a school's prefix."""
    set_urlconf(settings.SCHOOL_URLCONF)
    yield
    set_urlconf(None)


def test_the_page_shows_both_and_saves_on_top(oakfield, aisha, rf, in_school):
    save(oakfield.sendco, aisha, 1, first_line="Sits at the <front>")
    with pytest.raises(versions.Conflict) as clash:
        save(oakfield.admin, aisha, 1, first_line="Sits by the door", pronouns="she/her")
    request = rf.post("/s/oakfield/pupils/1/first-line/")
    request.member, request.school, request.resolver_match = oakfield.admin, oakfield.school, None
    page = versions.conflict_page(
        request, clash.value, back="/back", labels={"first_line": "First thing to know"}, hidden=[("form_id", "9")]
    )
    text = re.sub("</?mark>", "", page.content.decode())  # what differs is marked
    assert page.status_code == 409
    for words in ("Sits at the &lt;front&gt;", "Sits by the door", "First thing to know", 'name="form_id" value="9"'):
        assert words in text
    assert '<input type="hidden" name="pronouns" value="she/her">' in text
    assert '<input type="hidden" name="version" value="2">' in text
    assert save(oakfield.admin, aisha, 2, first_line="Both", pronouns="she/her").version == 3


@pytest.mark.django_db(transaction=True)
def test_of_fifty_editors_at_once_none_is_overwritten(cast):
    """Each who is told "saved" has a version of their own in the history; the others have both texts in hand."""
    member, pupil = cast.oakfield.sendco, cast.oakfield.pupils["aisha"]
    gate, told, held = threading.Barrier(50), [], []

    def edit(number):
        gate.wait()
        try:
            with school_context(member.school_id):
                save(member, pupil, 1, first_line=f"Words of editor {number}")
            told.append(("saved", number))
        except versions.Conflict as clash:
            told.append(("clash", number))
            held.append((clash.mine["first_line"] == f"Words of editor {number}", clash.current.first_line))
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=[number]) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [saved] = [number for what, number in told if what == "saved"]
    with school_context(member.school_id):
        pupil.refresh_from_db()
    assert (len(told), pupil.version, pupil.first_line) == (50, 2, f"Words of editor {saved}")
    assert held == [(True, pupil.first_line)] * 49


@pytest.mark.django_db(transaction=True)
def test_fifty_editors_who_each_save_until_it_is_in_lose_no_line(cast):
    """Each adds a line to what they are shown: at the end every line is there once."""
    member, pupil = cast.oakfield.sendco, cast.oakfield.pupils["aisha"]
    gate, shown = threading.Barrier(50), []

    def edit(number):
        text, version = f"{number}", 1
        gate.wait()
        while True:
            try:
                with school_context(member.school_id):
                    save(member, pupil, version, first_line=text)
                break
            except versions.Conflict as clash:
                shown.append(number)
                text, version = f"{clash.current.first_line},{number}", clash.current.version
        connection.close()

    threads = [threading.Thread(target=edit, args=[number]) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with school_context(member.school_id):
        pupil.refresh_from_db()
        events = Pupil.pgh_event_model.objects.filter(pgh_obj_id=pupil.pk, pgh_label="update").count()
    assert sorted(map(int, pupil.first_line.split(","))) == list(range(50))
    assert (pupil.version, events) == (51, 50)
    assert len(shown) >= 49
