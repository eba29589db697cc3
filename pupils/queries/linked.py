"""The adults at school who are linked to a pupil: those who teach, tutor, lead or support them, and their own adults.

The same relations as `pupils.models.pupil.linked_to`, from the pupil's side, whether or not somebody has an account."""

from dataclasses import dataclass

from django.db import connection

_HOLDS = "({0}.ends_on IS NULL OR {0}.ends_on >= %(day)s) AND ({0}.starts_on IS NULL OR {0}.starts_on <= %(day)s)"
WORKS = "(m.ended_on IS NULL OR m.ended_on >= %(day)s)"


def links_of(pupil):
    """SQL of ours: staff_id of each adult linked to `pupil`, which is SQL too, each once."""
    return f"""
        SELECT a.staff_id FROM pupils_pupiladult a
        WHERE a.school_id = %(school)s AND a.pupil_id = {pupil} AND {_HOLDS.format("a")}
        UNION
        SELECT s.staff_id FROM pupils_grouppupil p
        JOIN staff_groupstaff s ON s.school_id = %(school)s AND s.group_id = p.group_id AND {_HOLDS.format("s")}
        JOIN staff_teachinggroup g ON g.id = p.group_id
        JOIN staff_schoolyear y ON y.id = g.year_id AND y.groups_from <= %(day)s AND y.groups_until >= %(day)s
        WHERE p.school_id = %(school)s AND p.pupil_id = {pupil} AND {_HOLDS.format("p")}"""  # noqa: S608  ours


ADULTS = f"""
SELECT m.id, trim(m.forename || ' ' || m.surname), m.job_title
FROM ({links_of("%(pupil)s")}) l JOIN staff_staffmember m ON m.id = l.staff_id AND {WORKS}
ORDER BY m.surname, m.forename, m.id
"""  # noqa: S608  only the words above are put in


@dataclass(frozen=True, slots=True)
class LinkedAdult:
    pk: int
    name: str
    job: str


def linked_adults(pupil, day):
    """[LinkedAdult] by surname. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ADULTS, {"school": pupil.school_id, "pupil": pupil.pk, "day": day})
        return [LinkedAdult(*row) for row in cursor.fetchall()]
