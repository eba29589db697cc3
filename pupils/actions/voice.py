"""The child's own words, and what they are good at: kept, corrected, asked again, withdrawn and put back."""

from django.db.models import F
from django.utils import timezone

from pupils.actions.files import add_file
from pupils.models import AboutMe, PupilVoice
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("voice.add")
def add_voice(*, pupil, words, said_on, how, taken_by, by, files=()):
    """`files` are those of sendhub.files.look_into. Raises files.Refused when the disk is full;
    then nothing is kept."""
    voice = PupilVoice.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        words=words,
        said_on=said_on,
        how=how,
        taken_by=taken_by,
        still_true_on=said_on,
    )
    attach(voice, files, by)
    return voice


@action("voice.attach")
def attach_pictures(*, voice, files, by):
    """More pictures for words that are there. Raises files.Refused when the disk is full; none is kept then."""
    return attach(voice, files, by)


def attach(voice, files, by):
    return [add_file(pupil=voice.pupil, checked=checked, voice=voice, by=by) for checked in files]


@action("voice.change")
def change_voice(*, voice, version, words, said_on, how, taken_by, by):
    """Put right what was taken down, on top of the version that the writer saw. Raises versions.Conflict. Words that
    were said on another day are known to be true from that day on."""
    changes = {"words": words, "said_on": said_on, "how": how, "taken_by_id": taken_by.pk}
    return save_version(voice, version, **changes, still_true_on=max(said_on, voice.still_true_on))


@action("voice.check")
def check_voice(*, voice, on, by):
    """The child has been asked again, and it is still true. An earlier day than the last changes nothing."""
    return PupilVoice.objects.filter(school_id=voice.school_id, pk=voice.pk, still_true_on__lt=on).update(
        still_true_on=on, version=F("version") + 1
    )


@action("voice.withdraw")
def withdraw_voice(*, voice, by):
    """No longer true, or not for here: out of sight, not gone. Twice is as good as once."""
    return PupilVoice.objects.filter(school_id=voice.school_id, pk=voice.pk, withdrawn_on=None).update(
        withdrawn_on=timezone.localdate(), withdrawn_by=by, version=F("version") + 1
    )


@action("voice.restore")
def put_voice_back(*, voice, by):
    gone = PupilVoice.objects.filter(school_id=voice.school_id, pk=voice.pk).exclude(withdrawn_on=None)
    return gone.update(withdrawn_on=None, withdrawn_by=None, version=F("version") + 1)


@action("about.change")
def change_about(*, pupil, strengths, matters, checked_on, version, by):
    """Write the lines on top of the version that was seen; 0 where none were there. Raises versions.Conflict."""
    lines = {"strengths": strengths, "matters": matters}
    about, made = AboutMe.objects.get_or_create(
        school_id=pupil.school_id, pupil=pupil, defaults={**lines, "checked_on": checked_on}
    )
    if made:
        return about
    return save_version(about, version, **lines, checked_on=max(checked_on, about.checked_on))
