"""A pupil's family and other adults outside school."""

from pupils.models import Contact
from sendhub.audit import action


@action("contact.add")
def add_contact(*, pupil, by, **fields):
    """`fields` are columns of Contact: forename and surname at least."""
    return Contact.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("contact.change")
def change_contact(*, contact, by, **changes):
    """Set the given columns; a column that is not named stays."""
    for field, value in changes.items():
        setattr(contact, field, value)
    contact.save(update_fields=list(changes))
    return contact


@action("contact.import")
def save_contacts(*, new, changed, fields, by):
    """Write many at once: `new` are unsaved rows, `changed` saved ones of which `fields` may have been set."""
    Contact.objects.bulk_create(new, batch_size=2000)
    if changed:
        Contact.objects.bulk_update(changed, sorted(fields), batch_size=500)
