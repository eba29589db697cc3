"""Lines of the table (table.py) about rights and the end of a record."""

from sendhub.access import Permission as P
from tests.access.row import PUPIL, Row

REQUEST = {"pk": "request"}

RIGHTS = {
    "rights:rights-home": Row(get=P.RIGHTS_RUN),
    "rights:request-add": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN),
    "rights:request-show": Row(get=P.RIGHTS_RUN, ids=REQUEST),
    "rights:request-change": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids=REQUEST),
    "rights:request-flags": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids=REQUEST),
    "rights:request-archive": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids=REQUEST),
    "rights:keep-show": Row(get=P.RIGHTS_RUN),
    "rights:rule-change": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids={"key": "rule"}),
    "rights:removal-propose": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN),
    "rights:removal-approve": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids={"pk": "removal"}),
    "rights:removal-withdraw": Row(post=P.RIGHTS_RUN, ids={"pk": "removal"}),
    "rights:hold-set": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids={"pk": "second"}),
    "rights:hold-lift": Row(post=P.RIGHTS_RUN, ids={"pk": "hold"}),
    "rights:leaving-list": Row(get=P.REGISTER_EXPORT, also=P.PUPIL_RECORD),
    "rights:leaving-choose": Row(
        get=P.REGISTER_EXPORT, post=P.REGISTER_EXPORT, ids={"pk": "gone"}, also=P.PUPIL_RECORD
    ),
    "rights:leaving-send": Row(
        get=P.REGISTER_EXPORT, post=P.REGISTER_EXPORT, ids={"pk": "leaving"}, also=P.PUPIL_RECORD
    ),
    "rights:breach-add": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN),
    "rights:breach-change": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids={"pk": "breach"}),
    "rights:complaint-add": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN),
    "rights:complaint-change": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids={"pk": "complaint"}),
    "pupils:correction-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:correction-add": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:correction-change": Row(
        get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids={"pk": "pupil", "correction": "correction"}, also=P.PUPIL_RECORD
    ),
    "pupils:restriction-set": Row(get=P.RIGHTS_RUN, post=P.RIGHTS_RUN, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:restriction-lift": Row(post=P.RIGHTS_RUN, ids=PUPIL, also=P.PUPIL_RECORD),
}
