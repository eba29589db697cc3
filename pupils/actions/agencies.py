"""The directory of agencies, who of them works with which pupil, and each contact."""

from pupils.models import Agency, AgencyContact, AgencyTie, Professional
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("agency.add")
def add_agency(*, school_id, by, **fields):
    """`fields` are columns of Agency."""
    return Agency.objects.create(school_id=school_id, **fields)


@action("agency.change")
def change_agency(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the agency as it then is."""
    return save_version(row, version, **changes)


@action("agency.end")
def end_agency(*, row, ends_on, by):
    """No longer offered for new ties after that day; None: offered again. Ties that stand are not touched."""
    return save_version(row, row.version, ends_on=ends_on)


@action("professional.add")
def add_professional(*, agency, by, **fields):
    """`fields` are columns of Professional."""
    return Professional.objects.create(school_id=agency.school_id, agency=agency, **fields)


@action("professional.change")
def change_professional(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the professional as they then stand."""
    return save_version(row, version, **changes)


@action("professional.end")
def end_professional(*, row, ends_on, by):
    """No longer there after that day; None: there again."""
    return save_version(row, row.version, ends_on=ends_on)


@action("agency_tie.add")
def add_agency_tie(*, pupil, by, **fields):
    """`fields` are columns of AgencyTie."""
    return AgencyTie.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("agency_tie.change")
def change_agency_tie(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the tie as it then is."""
    return save_version(row, version, **changes)


@action("agency_tie.end")
def end_agency_tie(*, row, ends_on, by):
    """They work with the pupil until the end of that day; None: they do again."""
    return save_version(row, row.version, ends_on=ends_on)


@action("agency_contact.add")
def add_agency_contact(*, tie, by, **fields):
    """`fields` are columns of AgencyContact."""
    return AgencyContact.objects.create(school_id=tie.school_id, pupil_id=tie.pupil_id, tie=tie, **fields)


@action("agency_contact.change")
def change_agency_contact(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the contact as it then is."""
    return save_version(row, version, **changes)
