"""The first thing to know, and the pointer to the safeguarding lead: what stands at the top of a record."""

from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("pupil.first_line_change")
def change_first_line(*, pupil, text, version, by):
    """Write the words on top of the version that the writer saw. Raises versions.Conflict; returns the pupil."""
    return save_version(pupil, version, first_line=text)


@action("pupil.first_line_restore")
def restore_first_line(*, pupil, text, by):
    """Put earlier words back as a new version; what stood here stays in the history."""
    return save_version(pupil, pupil.version, first_line=text)


@action("pupil.pointer_change")
def change_pointer(*, pupil, speak_to_dsl, by):
    """Set or take away "speak to the safeguarding lead"; the story stays in the safeguarding system."""
    return save_version(pupil, pupil.version, speak_to_dsl=speak_to_dsl)
