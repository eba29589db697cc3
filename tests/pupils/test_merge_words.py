"""What was written about two records that are one child's stands together when they are made one."""

from django.utils import timezone

from pupils import actions
from pupils.models import Pupil
from sendhub import files
from sendhub.kit.actions import undo_operation
from tests.files import samples


def test_notes_words_files_and_lists_of_both_are_one_childs(inside, oakfield, aisha, place):
    by, on = oakfield.sendco, timezone.localdate()
    with inside():
        twin = actions.add_pupil(
            school=oakfield.school, by=by, on=on, legal_forename="Ayesha", legal_surname="Khan", born_on=aisha.born_on
        )
        twin = Pupil.objects.get(pk=twin.pk)
        for pupil, own in ((aisha, "Hers"), (twin, "Twin's")):
            note = {"kind": "other", "on": on, "text": own, "files": [files.look_into(samples.pdf(), own)]}
            actions.add_note(pupil=pupil, by=by, **note)
            actions.add_voice(pupil=pupil, words=own, said_on=on, how="said", taken_by=by.staff, by=by)
            lines = {"strengths": f"Maps\n{own}", "matters": own, "checked_on": on, "version": 0}
            actions.change_about(pupil=pupil, **lines, by=by)
        merged = actions.merge_pupils(
            stands=aisha, other=twin, columns=(), register_of_other=False, needs_of_other=False, by=by
        )
        assert {note.text for note in aisha.notes.all()} == {voice.words for voice in aisha.voices.all()}
        assert aisha.notes.count() == aisha.files.count() == 2
        about = aisha.about_me.get()
        assert (about.good_at, about.what_matters) == (["Maps", "Hers", "Twin's"], ["Hers", "Twin's"])
        undo_operation(operation=merged, by=by)
        assert aisha.about_me.get().good_at == ["Maps", "Hers"]
        assert twin.notes.count() == twin.files.count() == twin.voices.count() == 1
