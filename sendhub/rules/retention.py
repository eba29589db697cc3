"""How long a file is kept, and from which day on somebody looks at it. Nothing here removes anything.

The numbers are provisions; a school's own number is a row of its own and handed in. What does not live here: which
pupils that are, holds and approvals (`sendhub.desk.rights`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sendhub.rules.deadline import last_of_months
from sendhub.rules.provisions import Provision, provision


class Anchor(StrEnum):
    """The day from which the years are counted."""

    BIRTH = "birth"
    LEFT = "left"
    SENT = "sent"


class Action(StrEnum):
    """What is proposed when the years are over. A person decides, each time."""

    REVIEW = "review"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class RecordType:
    """A kind of record with one rule. `key` is its name in a school's own rows; `law` the provision of its years."""

    key: str
    title: str
    plain: str
    law: str
    anchor: Anchor
    action: Action = Action.REVIEW

    def provision(self, today: date) -> Provision:
        return provision(self.law, today)


RECORD_TYPES = (
    RecordType(
        "sen_file",
        "SEN file",
        "A pupil who left and who has been on the register here.",
        "sen_file_keep_years",
        Anchor.BIRTH,
    ),
    RecordType(
        "pupil_file",
        "Pupil who was never on the register",
        "A pupil who left and who never was on the register here.",
        "pupil_file_keep_years",
        Anchor.BIRTH,
    ),
    RecordType(
        "passed_on",
        "File that went to the next school",
        "The last school keeps the SEN file. An earlier one keeps what it needs, and looks again.",
        "passed_on_keep_years",
        Anchor.SENT,
    ),
)
BY_KEY = {each.key: each for each in RECORD_TYPES}


def due_from(anchor: date, years: int) -> date:
    """The first day after the years that begin with `anchor`; of 29 February that is 1 March in a year without it."""
    return last_of_months(anchor, 12 * years) + timedelta(days=1)
