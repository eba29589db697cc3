"""Two people change one pupil: nothing that either typed is lost."""

import threading

import pytest
from django.conf import settings
from django.db import connection
from django.urls import set_urlconf

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
    text = page.content.decode()
    assert page.status_code == 409
    for words in ("Sits at the &lt;front&gt;", "Sits by the door", "First thing to know", 'name="form_id" value="9"'):
        assert words in text
    assert '<input type="hidden" name="pronouns" value="she/her">' in text
    assert '<input type="hidden" name="version" value="2">' in text
    assert save(oakfield.admin, aisha, 2, first_line="Both", pronouns="she/her").version == 3


@pytest.mark.django_db(transaction=True)
def test_of_ten_editors_at_once_none_is_overwritten(cast):
    """Each who is told "saved" has a version of their own in the history; the others are told of the clash."""
    member, pupil, told = cast.oakfield.sendco, cast.oakfield.pupils["aisha"], []
    gate = threading.Barrier(10)

    def edit(number):
        gate.wait()
        try:
            with school_context(member.school_id):
                save(member, pupil, 1, first_line=f"Words of editor {number}")
            told.append("saved")
        except versions.Conflict:
            told.append("clash")
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=[number]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with school_context(member.school_id):
        pupil.refresh_from_db()
    assert (sorted(told), pupil.version) == (["clash"] * 9 + ["saved"], 2)
