"""One table: every URL, and who may do what there. The sweep (test_sweep.py) calls each as everybody.

A URL that has no row fails the sweep. `get` and `post` name the permission that the method needs, or MEMBER (any
member of the school); None means that the method is not offered (405). `about` says what the ids in the path are.
"""

from dataclasses import dataclass, field

from sendhub.access import Permission as P

MEMBER = "any member"
PUBLIC = "anybody"
SIGNED_IN = "anybody signed in"


@dataclass(frozen=True)
class Row:
    get: object = None
    post: object = None
    about: str = ""  # the noun whose id stands in the path (targets.py), "" for none
    body: dict = field(default_factory=dict)  # a body that is right; "{staff}" and the like become ids
    query: str = ""  # the same for a query string


SCHOOL: dict[str, Row] = {
    "desk:today": Row(get=MEMBER),
    "pupils:pupil-list": Row(get=P.PUPIL_LIST),
}

OUTSIDE: dict[str, Row] = {}
