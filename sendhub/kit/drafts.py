"""Typed text that survives a closed tab and an ended session. An app names its long forms in its drafts.py:

    drafts.allow("pupils.first_line", title="First thing to know", fields=["text"],
                 url=lambda object_id: reverse("pupils:first-line-change", args=[object_id]))

The form posts itself whole to {% url 'kit:draft-save' 'pupils.first_line' pupil.pk %} two seconds after typing stops.
When a session has ended meanwhile, the last save is at most two seconds old: signing in leads back to the form, which
is filled from the draft; and the browser's own copy is still there behind Back. The view fills it:
form = F(request.POST or None, initial=drafts.for_form(request.member, "pupils.first_line", pupil.pk)).
"""

from dataclasses import dataclass

__all__ = ["MAX_BYTES", "allow", "discard", "find", "for_form"]

MAX_BYTES = 100_000  # of one draft; the longest form we have is a tenth of it


@dataclass(frozen=True)
class DraftForm:
    name: str
    title: str  # says nothing about a child
    fields: tuple[str, ...]
    url: object  # object id -> the form's address
    needs: tuple  # permissions


_forms: dict[str, DraftForm] = {}


def allow(name, *, title, fields, url, needs=()):
    """Let this form keep drafts: of `fields` only, by members who have all of `needs`."""
    if name in _forms:
        raise ValueError(f"Two forms keep drafts as {name!r}")
    _forms[name] = DraftForm(name, title, tuple(fields), url, tuple(needs))


def find(name):
    """The form, or None when no form of that name keeps drafts."""
    return _forms.get(name)


def for_form(member, form_name, object_id=0):
    """What the member has typed and not sent, as a form's `initial`: text, or a list where several were chosen.
    None when there is no draft."""
    from sendhub.kit.models import Draft

    draft = Draft.objects.filter(
        school_id=member.school_id, member_id=member.pk, form=form_name, object_id=object_id
    ).first()
    if draft is None:
        return None
    return {name: values[0] if len(values) == 1 else values for name, values in draft.data.items()}


def discard(*, by, form, object_id=0):
    """Forget the draft: the form was sent, or its writer says so. Called in the action's own transaction."""
    from sendhub.kit import actions

    actions.discard_draft(by=by, form=form, object_id=object_id)
