"""The e-mails about pupils, one function each. To staff only: initials and form, in the body and nowhere else."""

from pupils.models import PupilAdult
from pupils.words import day_words
from sendhub.outbox.registry import Mail, email


@email("pupil_adult", title="Someone was linked to a pupil")
def pupil_adult(*, tie_id):
    """To the adult who was linked. None when the link has been taken away since."""
    tie = PupilAdult.objects.select_related("pupil", "staff").filter(pk=tie_id, ends_on=None).first()
    if tie is None:
        return None
    return Mail(
        subject="You have a new part in a pupil's day",
        text_template="emails/pupils/pupil_adult.txt",
        html_template="emails/pupils/pupil_adult.html",
        context={
            "who": f"{tie.pupil.initials}, {tie.pupil.form or tie.pupil.year_label}",
            "staff": tie.staff,
            "part": tie.get_part_display().lower(),
            "starts": day_words(tie.starts_on, tie.starts_on),
        },
    )
