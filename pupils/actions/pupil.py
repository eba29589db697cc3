"""The pupil's own row: added, changed, marked as a leaver. Provision and needs: register; family: contact."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F

from pupils.actions.place import place_in_year_and_form, save_places
from pupils.models import GroupPupil, Pupil, PupilAdult, PupilNumber
from sendhub.audit import action
from sendhub.kit.versions import save_version
from sendhub.rules.names import plain
from sendhub.rules.pupil_age import parse_year_group
from staff.actions.teaching import end_rows
from staff.imports.values import number_key

FOLLOW = ("forename", "surname", "legal_forename", "legal_surname", "sort_name", "year_code", "year_sort")
PLACES = {"year_code", "form"}


def sort_name_of(pupil):
    """What the list is sorted and searched by: surname, forename, and the legal names where they differ."""
    names = [pupil.surname, pupil.forename, pupil.legal_surname, pupil.legal_forename]
    words = dict.fromkeys(word for name in names for word in plain(name).split())
    return " ".join(words)[: Pupil._meta.get_field("sort_name").max_length]


def settle(pupil):
    """Fill the columns that follow from others: the name as spoken, the sort key, the year's place in a list."""
    pupil.forename = pupil.forename or pupil.legal_forename
    pupil.surname = pupil.surname or pupil.legal_surname
    pupil.legal_forename = pupil.legal_forename or pupil.forename
    pupil.legal_surname = pupil.legal_surname or pupil.surname
    pupil.sort_name = sort_name_of(pupil)
    year = parse_year_group(pupil.year_code)
    pupil.year_code, pupil.year_sort = (year.code, year.sort) if year else ("", 99)
    return pupil


@action("pupil.add")
def add_pupil(*, school, by, on, **fields):
    """A new pupil with a place in their year and form. `fields` are columns of Pupil: the legal names (or the names as
    spoken) and `born_on` at least. Raises ValidationError when the school has this UPN or school number already."""
    pupil = settle(Pupil(school=school, **fields))
    pupil.validate_constraints(exclude=["school"])
    refuse_taken(pupil)
    pupil.save()
    place_in_year_and_form(school=school, pupils=[pupil], on=on, by=by)
    return pupil


def refuse_taken(pupil):
    for field, words in (("upn", "UPN"), ("mis_id", "school number")):
        value = getattr(pupil, field)
        others = Pupil.objects.filter(school_id=pupil.school_id, **{field: value}).exclude(pk=pupil.pk)
        if value and others.exists():
            raise ValidationError({field: f"Another pupil here has this {words}."})


@action("pupil.change")
def change_pupil(*, pupil, version, by, on, **changes):
    """Set the given columns on top of the version that the writer saw; returns the pupil. A new year or form moves the
    pupil's places from the day `on`. Raises versions.Conflict, and ValidationError for a number that is taken."""
    refuse_taken(Pupil(pk=pupil.pk, school_id=pupil.school_id, **changes))
    if changes.get("mis_id", pupil.mis_id) != pupil.mis_id:  # it was wrong, and would go on finding this pupil
        PupilNumber.objects.filter(school_id=pupil.school_id, pupil=pupil, number=number_key(pupil.mis_id)).delete()
    saved = save_version(pupil, version, **changes)
    before = {name: getattr(saved, name) for name in FOLLOW}
    settle(saved)
    after = {name: getattr(saved, name) for name in FOLLOW}
    if after != before:
        saved.save(update_fields=[name for name in FOLLOW if after[name] != before[name]])
    if PLACES & set(changes):
        place_in_year_and_form(school=saved.school, pupils=[saved], on=on, by=by)
    return saved


@action("pupil.leave")
def mark_left(*, pupil, left_on: date, by):
    """Mark a leaver, never delete: places and ties to adults end with the last day; the register's rows stay as they
    stood, because the next school is told them."""
    if pupil.joined_on and left_on < pupil.joined_on:
        raise ValidationError({"left_on": "The last day is before the first."})
    pupil = save_version(pupil, pupil.version, left_on=left_on)
    places = GroupPupil.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on__isnull=True)
    save_places(new=[], ended=list(places), last_day=left_on, by=by)
    end_rows(
        PupilAdult,
        list(PupilAdult.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on__isnull=True)),
        left_on,
    )
    return pupil


@action("pupil.numbers_import")
def save_numbers(*, school, numbers, by):
    """Keep (pupil, system, number): what the lists of a system call each."""
    PupilNumber.objects.bulk_create(
        (PupilNumber(school=school, pupil=pupil, system=system, number=number) for pupil, system, number in numbers),
        batch_size=2000,
    )


@action("pupil.import")
def save_pupils(*, school, new, changed, fields, on, by):
    """Write many at once, places in year and form too: `new` are unsaved rows, `changed` saved ones of which `fields`
    (columns) may have been set. Each row's `version` goes up by one."""
    for pupil in new:
        settle(pupil)
    Pupil.objects.bulk_create(new, batch_size=1000)
    if changed:
        for pupil in changed:
            settle(pupil)
            pupil.version = F("version") + 1  # of the row as it is: somebody may have saved since it was read
        columns = set(fields) | {"sort_name", "year_code", "year_sort", "version"}
        Pupil.objects.bulk_update(changed, sorted(columns), batch_size=500)
    moved = changed if PLACES & set(fields) else []
    if new or moved:
        place_in_year_and_form(school=school, pupils=new + moved, on=on, by=by)
