"""The adults who look after a pupil at school: when each began, and when their part ended."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import PupilAdult
from pupils.queries.gather import STAFF_NAME, About

KIND = Kind.PEOPLE
TIES = About(PupilAdult, extra={"staff_name": STAFF_NAME.format("staff_id")})


def began(tie, member, day):
    return Said(f"{tie.staff_name} became {tie.get_part_display().lower()}.")


def ended(tie, member, day):
    return Said(f"Last day of {tie.staff_name} as {tie.get_part_display().lower()}.")


HAPPENED = {"began": Happening(TIES, "t.starts_on", began), "ended": Happening(TIES, "t.ends_on", ended)}
