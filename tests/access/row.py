"""One line of the table of addresses (table.py), and the words that stand in it for a permission."""

from dataclasses import dataclass, field

MEMBER = "any member"
OWNER = "the person whose row it is"
DEMO = "any member, in the demo"


@dataclass(frozen=True)
class Row:
    get: object = None
    post: object = None
    ids: dict = field(default_factory=dict)  # name in the path -> noun (targets.py); the first one decides who sees it
    body: dict = field(default_factory=dict)  # a body that is right; "{staff}" and the like become ids
    also: object = None  # a second permission that both methods need
    keeper: object = None  # the row is its owner's; others need this permission, and without it is not there for them

    @property
    def about(self):
        return next(iter(self.ids.values()), "")


PUPIL = {"pk": "pupil"}
