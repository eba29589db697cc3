"""The first and last days of a pupil's provisions, put right: days that overlap, or that a file did not give."""

from datetime import timedelta

from pupils.models import RegisterMove
from sendhub.audit import action
from sendhub.kit.operations import operation

A_DAY = timedelta(days=1)


@action("register.days")
def change_days(*, pupil, days, gone, by):
    """`days` is {SENRecord: (first day, last day or None)} of those that stay, `gone` those that are taken away. What
    holds today does not change (forms.DaysForm sees to that): this is no move. Returns the operation.

    The moves that the register tells of go with their days. First what goes or ends, then what is open: one
    provision is open at a time.
    """
    with operation(
        school_id=pupil.school_id, kind="register.days", title="The days of one pupil on the register", by=by
    ) as done:
        for record in gone:
            record.delete()
        for record, (starts_on, ends_on) in sorted(days.items(), key=lambda each: each[1][1] is None):
            move_with(record, starts_on, ends_on)
            if starts_on != record.starts_on:
                record.start_known = True
            record.starts_on, record.ends_on = starts_on, ends_on
            record.save(update_fields=["starts_on", "ends_on", "start_known"])
    return done


def move_with(record, starts_on, ends_on):
    """The move that began this provision, and the one that ended it, are of the new days."""
    moves = RegisterMove.objects.filter(school_id=record.school_id, pupil_id=record.pupil_id)
    if starts_on != record.starts_on:
        for move in moves.filter(after=record.provision, on=record.starts_on):
            set_day(move, starts_on)
    if record.ends_on and ends_on and ends_on != record.ends_on:
        for move in moves.filter(before=record.provision, after="N", on=record.ends_on + A_DAY):
            set_day(move, ends_on + A_DAY)


def set_day(move, day):
    """A move of an EHC plan is on the council's date, so the two are one day."""
    move.on, move.on_known = day, True
    if move.council_on is not None:
        move.council_on = day
    move.save(update_fields=["on", "on_known", "council_on"])
