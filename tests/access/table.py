"""One table: every URL, and who may do what there. The sweep (test_sweep.py) calls each as everybody.

A URL that has no row fails the sweep. `get` and `post` name the permission that the method needs, or MEMBER (any
member of the school), or OWNER (the row's own person); None means that the method is not offered (405).
"""

from datetime import date, timedelta

from sendhub.access import Permission as P
from tests.access.rights import RIGHTS
from tests.access.row import DEMO, MEMBER, OWNER, PUPIL, Row

SUSPENDED = {"kind": "days", "starts_on": "2026-11-03", "days": "2", "reasons": "PP"}
REDUCED = {"hours": "12.5", "reason": "Back after illness", "starts_on": "2026-11-03"}
PLACED = {"provider": "The Farm", "reason": "To try it", "days": "Mondays", "starts_on": "2026-11-03"}
VISITED = {"visited_on": "2026-11-03", "visited_by_id": "{staff}", "findings": "Safe and learning"}
MISTAKE = {"how": "mistake"}
CHANGED = {"version": "1"}
BATCH, CONCERN = {"pk": "batch"}, {"pk": "concern"}
NOTE, VOICE = {"pk": "pupil", "note": "note"}, {"pk": "pupil", "voice": "voice"}
OWN_NOTE = {"ids": NOTE, "also": P.PUPIL_RECORD, "keeper": P.HISTORY_VIEW}
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()
TOLD = {"told_on": "2026-09-03", "told_how": "phone", "told_by": "{staff}"}


def keeps(noun, body):
    """A row of what a pupil does outside the school day, changed by its own id."""
    return Row(get=P.AWAY_KEEP, post=P.AWAY_KEEP, ids={"pk": noun}, also=P.PUPIL_RECORD, body=body)


SCHOOL: dict[str, Row] = {
    **RIGHTS,
    "desk:today": Row(get=MEMBER),
    "desk:light-list": Row(get=P.COMPLIANCE_VIEW),
    "desk:light-show": Row(get=P.COMPLIANCE_VIEW, ids={"question": "question"}),
    "desk:first-hour": Row(get=P.STAFF_INVITE),
    "desk:first-hour-skip": Row(post=P.STAFF_INVITE),
    "desk:first-hour-resume": Row(post=P.STAFF_INVITE),
    "desk:first-hour-finish": Row(post=P.STAFF_INVITE),
    "operate:backup-show": Row(get=P.SCHOOL_SET),
    "operate:drill-record": Row(
        get=P.SCHOOL_SET,
        post=P.SCHOOL_SET,
        body={"tried_on": YESTERDAY, "done_by": "R. Keane", "backup_of": YESTERDAY, "held": "yes"},
    ),
    "pupils:pupil-list": Row(get=P.PUPIL_LIST),
    "pupils:pupil-find": Row(get=P.PUPIL_LIST),
    "pupils:pupil-export": Row(get=P.REGISTER_EXPORT, post=P.REGISTER_EXPORT, also=P.PUPIL_LIST),
    "pupils:register-show": Row(get=P.COUNT_VIEW),
    "pupils:pupil-record": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:pupil-contacts": Row(get=P.CONTACT_VIEW, ids=PUPIL, also=P.PUPIL_LIST),
    "pupils:reading-list": Row(get=P.READING_KEEP, also=P.PUPIL_RECORD),
    "pupils:reading-tag-many": Row(get=P.READING_KEEP, post=P.READING_KEEP, also=P.PUPIL_RECORD),
    "pupils:reading-show": Row(
        get=P.READING_KEEP, post=P.READING_KEEP, ids=PUPIL, also=P.PUPIL_RECORD, body={"read": "yes", "part": ""}
    ),
    "pupils:reading-tag": Row(
        post=P.READING_KEEP, ids=PUPIL, also=P.PUPIL_RECORD, body={"tagged": "yes", "back": "record"}
    ),
    "pupils:pupil-attendance": Row(get=P.ATTENDANCE_VIEW, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:pupil-suspensions": Row(get=P.AWAY_VIEW, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:suspension-add": Row(get=P.AWAY_KEEP, post=P.AWAY_KEEP, ids=PUPIL, also=P.PUPIL_RECORD, body=SUSPENDED),
    "pupils:suspension-list": Row(get=P.AWAY_VIEW, also=P.PUPIL_RECORD),
    "pupils:suspension-change": keeps("suspension", {**SUSPENDED, **CHANGED}),
    "pupils:suspension-end": keeps("suspension", MISTAKE),
    "pupils:pupil-timetables": Row(get=P.ATTENDANCE_VIEW, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:timetable-add": Row(get=P.AWAY_KEEP, post=P.AWAY_KEEP, ids=PUPIL, also=P.PUPIL_RECORD, body=REDUCED),
    "pupils:timetable-list": Row(get=P.AWAY_VIEW, also=P.PUPIL_RECORD),
    "pupils:timetable-change": keeps("timetable", {**REDUCED, **CHANGED}),
    "pupils:timetable-end": keeps("timetable", MISTAKE),
    "pupils:pupil-placements": Row(get=P.AWAY_VIEW, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:placement-add": Row(get=P.AWAY_KEEP, post=P.AWAY_KEEP, ids=PUPIL, also=P.PUPIL_RECORD, body=PLACED),
    "pupils:placement-list": Row(get=P.AWAY_VIEW, also=P.PUPIL_RECORD),
    "pupils:placement-change": keeps(
        "placement", {**PLACED, **CHANGED, "check_on": "2026-11-02", "check_by_id": "{staff}"}
    ),
    "pupils:placement-end": keeps("placement", MISTAKE),
    "pupils:visit-add": keeps("placement", VISITED),
    "pupils:visit-change": keeps("visit", {**VISITED, **CHANGED}),
    "pupils:visit-end": keeps("visit", {}),
    "pupils:pupil-page": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:pupil-story": Row(get=P.REGISTER_EXPORT, post=P.REGISTER_EXPORT, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:pupil-timeline": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:pupil-history": Row(get=P.HISTORY_VIEW, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:file-remove": Row(
        post=P.NOTE_WRITE, ids={"pk": "pupil", "file": "file"}, also=P.PUPIL_RECORD, keeper=P.HISTORY_VIEW
    ),
    "pupils:file-restore": Row(post=P.HISTORY_VIEW, ids={"pk": "pupil", "file": "file_removed"}, also=P.PUPIL_RECORD),
    "pupils:voice-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:voice-add": Row(get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:voice-change": Row(get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=VOICE, also=P.PUPIL_RECORD),
    "pupils:voice-attach": Row(get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=VOICE, also=P.PUPIL_RECORD),
    "pupils:voice-check": Row(post=P.NOTE_WRITE, ids=VOICE, also=P.PUPIL_RECORD),
    "pupils:voice-withdraw": Row(post=P.NOTE_WRITE, ids=VOICE, also=P.PUPIL_RECORD),
    "pupils:voice-restore": Row(
        post=P.HISTORY_VIEW, ids={"pk": "pupil", "voice": "voice_withdrawn"}, also=P.PUPIL_RECORD
    ),
    "pupils:about-change": Row(get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:photo-change": Row(get=P.PUPIL_EDIT, post=P.PUPIL_EDIT, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:photo-remove": Row(post=P.PUPIL_EDIT, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:note-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:note-add": Row(get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:note-show": Row(get=P.PUPIL_RECORD, ids=NOTE),
    "pupils:note-change": Row(
        get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=NOTE, also=P.PUPIL_RECORD, keeper=P.HISTORY_VIEW
    ),
    "pupils:note-attach": Row(
        get=P.NOTE_WRITE, post=P.NOTE_WRITE, ids=NOTE, also=P.PUPIL_RECORD, keeper=P.HISTORY_VIEW
    ),
    "pupils:note-pin": Row(post=P.NOTE_WRITE, **OWN_NOTE),
    "pupils:note-withdraw": Row(post=P.NOTE_WRITE, **OWN_NOTE),
    "pupils:note-restore": Row(
        post=P.NOTE_WRITE, ids={"pk": "pupil", "note": "note_withdrawn"}, also=P.PUPIL_RECORD, keeper=P.HISTORY_VIEW
    ),
    "pupils:note-versions": Row(get=P.HISTORY_VIEW, ids=NOTE, also=P.PUPIL_RECORD),
    "pupils:file-show": Row(get=P.PUPIL_RECORD, ids={"pk": "pupil", "file": "file"}),
    "pupils:first-line-change": Row(
        get=P.PUPIL_EDIT,
        post=P.PUPIL_EDIT,
        ids=PUPIL,
        also=P.PUPIL_RECORD,
        body={"first_line": "Likes maps", "version": "1"},
    ),
    "pupils:first-line-restore": Row(post=P.HISTORY_VIEW, ids={"pk": "pupil", "event": "event"}, also=P.PUPIL_EDIT),
    "pupils:pointer-change": Row(get=P.DSL_POINTER, post=P.DSL_POINTER, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:adult-link": Row(
        get=P.PUPIL_LINK,
        post=P.PUPIL_LINK,
        ids=PUPIL,
        also=P.PUPIL_RECORD,
        body={"staff": "{staff}", "part": "key_adult", "starts_on": "2026-11-02"},
    ),
    "pupils:adult-end": Row(
        get=P.PUPIL_LINK,
        post=P.PUPIL_LINK,
        ids={"pk": "pupil", "adult": "adult"},
        also=P.PUPIL_RECORD,
        body={"last_day": "2031-01-01"},
    ),
    "pupils:register-move": Row(
        get=P.REGISTER_MOVE,
        post=P.REGISTER_MOVE,
        ids=PUPIL,
        also=P.PUPIL_RECORD,
        body={**TOLD, "after": "N", "on": YESTERDAY, "reason": "Caught up", "tell": "told"},
    ),
    "pupils:register-move-many": Row(
        get=P.REGISTER_MOVE,
        post=P.REGISTER_MOVE,
        also=P.PUPIL_RECORD,
        body={**TOLD, "ids": "{pupil}", "after": "N", "on": YESTERDAY, "reason": "Caught up", "tell": "told"},
    ),
    "pupils:census-check": Row(get=P.CENSUS_CHECK, also=P.PUPIL_LIST),
    "pupils:gap-list": Row(get=P.PUPIL_LIST),
    "pupils:days-change": Row(get=P.REGISTER_MOVE, post=P.REGISTER_MOVE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:contact-add": Row(
        get=P.PUPIL_ADD, post=P.PUPIL_ADD, ids=PUPIL, also=P.CONTACT_VIEW, body={"forename": "Ann", "surname": "Bell"}
    ),
    "pupils:contact-change": Row(
        get=P.PUPIL_ADD,
        post=P.PUPIL_ADD,
        ids={"pk": "contact"},
        also=P.CONTACT_VIEW,
        body={"forename": "Ann", "surname": "Bell"},
    ),
    "pupils:concern-list": Row(get=MEMBER),
    "pupils:concern-who": Row(get=MEMBER),
    "pupils:concern-raise": Row(get=MEMBER, post=MEMBER, ids=PUPIL),
    "pupils:concern-raise-other": Row(get=MEMBER, post=MEMBER),
    "pupils:concern-show": Row(get=MEMBER, ids=CONCERN),
    "pupils:concern-triage": Row(get=P.CONCERN_TRIAGE, post=P.CONCERN_TRIAGE, ids=CONCERN),
    "pupils:concern-match": Row(get=P.CONCERN_TRIAGE, post=P.CONCERN_TRIAGE, ids=CONCERN),
    "pupils:concern-withdraw": Row(post=OWNER, ids=CONCERN),
    "pupils:pupil-concerns": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:needs-change": Row(get=P.REGISTER_MOVE, post=P.REGISTER_MOVE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:flag-set": Row(get=P.REGISTER_MOVE, post=P.REGISTER_MOVE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:flag-end": Row(
        get=P.REGISTER_MOVE, post=P.REGISTER_MOVE, ids={"pk": "pupil", "flag": "flag"}, also=P.PUPIL_RECORD
    ),
    "pupils:flag-set-many": Row(
        get=P.REGISTER_MOVE,
        post=P.REGISTER_MOVE,
        also=P.PUPIL_RECORD,
        body={"ids": "{pupil}", "do": "set", "kind": "concern", "starts_on": "2026-09-03"},
    ),
    "pupils:told-list": Row(get=P.FAMILY_TELL, also=P.PUPIL_RECORD),
    "pupils:told-record": Row(
        get=P.FAMILY_TELL, post=P.FAMILY_TELL, also=P.PUPIL_RECORD, body={**TOLD, "moves": "{move}"}
    ),
    "pupils:letter-list": Row(get=P.FAMILY_TELL, also=P.PUPIL_RECORD),
    "pupils:medical-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:medical-add": Row(
        get=P.SUPPORT_KEEP,
        post=P.SUPPORT_KEEP,
        ids=PUPIL,
        also=P.PUPIL_RECORD,
        body={"ask": "the nurse", "kept_at": "Office", "starts_on": "2026-09-03"},
    ),
    "pupils:medical-change": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "medical"}, also=P.PUPIL_RECORD),
    "pupils:medical-end": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "medical"}, also=P.PUPIL_RECORD),
    "pupils:medical-review": Row(post=P.SUPPORT_KEEP, ids={"pk": "medical"}, also=P.PUPIL_RECORD),
    "pupils:adjustment-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:adjustment-add": Row(
        get=P.SUPPORT_KEEP,
        post=P.SUPPORT_KEEP,
        ids=PUPIL,
        also=P.PUPIL_RECORD,
        body={"what": "A seat in front", "why": "Sight", "starts_on": "2026-09-03"},
    ),
    "pupils:adjustment-change": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "adjustment"}, also=P.PUPIL_RECORD
    ),
    "pupils:adjustment-end": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "adjustment"}, also=P.PUPIL_RECORD
    ),
    "pupils:adjustment-confirm": Row(post=P.SUPPORT_KEEP, ids={"pk": "adjustment"}, also=P.PUPIL_RECORD),
    "pupils:risk-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:risk-add": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:risk-change": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "risk"}, also=P.PUPIL_RECORD),
    "pupils:risk-end": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "risk"}, also=P.PUPIL_RECORD),
    "pupils:risk-read": Row(post=P.PUPIL_RECORD, ids={"pk": "risk"}),
    "pupils:risk-read-for": Row(post=P.SUPPORT_KEEP, ids={"pk": "risk", "staff": "staff"}, also=P.PUPIL_RECORD),
    "pupils:support-list": Row(get=P.SUPPORT_KEEP, also=P.PUPIL_RECORD),
    "pupils:support-due": Row(get=P.SUPPORT_KEEP, also=P.PUPIL_RECORD),
    "pupils:support-reading": Row(get=P.SUPPORT_KEEP, also=P.PUPIL_RECORD),
    "pupils:kind-list": Row(get=P.SUPPORT_KEEP, also=P.PUPIL_RECORD),
    "pupils:kind-own": Row(post=P.SUPPORT_KEEP, also=P.PUPIL_RECORD),
    "pupils:kind-add": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, also=P.PUPIL_RECORD),
    "pupils:kind-change": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "kind_row"}, also=P.PUPIL_RECORD),
    "pupils:kind-end": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "kind_row"}, also=P.PUPIL_RECORD),
    "pupils:arrangement-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:arrangement-add": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:arrangement-change": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "arrangement"}, also=P.PUPIL_RECORD
    ),
    "pupils:arrangement-end": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "arrangement"}, also=P.PUPIL_RECORD
    ),
    "pupils:arrangement-use": Row(post=P.PUPIL_RECORD, ids={"pk": "arrangement"}),
    "pupils:agency-list": Row(get=P.CONTACT_VIEW, also=P.PUPIL_RECORD),
    "pupils:agency-add": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, also=P.CONTACT_VIEW, body={"name": "Harbour"}),
    "pupils:agency-change": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "agency"}, also=P.CONTACT_VIEW),
    "pupils:agency-end": Row(get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "agency"}, also=P.CONTACT_VIEW),
    "pupils:professional-add": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "agency"}, also=P.CONTACT_VIEW, body={"name": "Jo Bell"}
    ),
    "pupils:professional-change": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "professional"}, also=P.CONTACT_VIEW
    ),
    "pupils:professional-end": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "professional"}, also=P.CONTACT_VIEW
    ),
    "pupils:agency-tie-list": Row(get=P.PUPIL_RECORD, ids=PUPIL),
    "pupils:agency-tie-add": Row(
        get=P.SUPPORT_KEEP,
        post=P.SUPPORT_KEEP,
        ids=PUPIL,
        also=P.PUPIL_RECORD,
        body={"who": "{agency_choice}", "about": "Speech", "starts_on": "2026-09-03"},
    ),
    "pupils:agency-tie-change": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "agency_tie"}, also=P.PUPIL_RECORD
    ),
    "pupils:agency-tie-end": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "agency_tie"}, also=P.PUPIL_RECORD
    ),
    "pupils:agency-contact-add": Row(
        get=P.SUPPORT_KEEP,
        post=P.SUPPORT_KEEP,
        ids={"pk": "agency_tie"},
        also=P.PUPIL_RECORD,
        body={"on": "2026-09-03", "how": "phone", "about": "Dates", "staff": "{staff}"},
    ),
    "pupils:agency-contact-change": Row(
        get=P.SUPPORT_KEEP, post=P.SUPPORT_KEEP, ids={"pk": "agency_contact"}, also=P.PUPIL_RECORD
    ),
    "pupils:letter-show": Row(get=P.FAMILY_TELL, ids={"pk": "letter"}, also=P.PUPIL_RECORD),
    "pupils:letter-print": Row(post=P.FAMILY_TELL, also=P.PUPIL_RECORD),
    "pupils:letter-post": Row(get=P.FAMILY_TELL, post=P.FAMILY_TELL, also=P.PUPIL_RECORD),
    "pupils:letter-reprint": Row(post=P.FAMILY_TELL, also=P.PUPIL_RECORD),
    "pupils:letter-withdraw": Row(post=P.FAMILY_TELL, also=P.PUPIL_RECORD),
    "pupils:proposal-list": Row(get=P.REGISTER_MOVE, also=P.PUPIL_RECORD),
    "pupils:proposal-set-aside": Row(
        get=P.REGISTER_MOVE, post=P.REGISTER_MOVE, also=P.PUPIL_RECORD, body={"ids": "{pupil}", "note": "Not so"}
    ),
    "pupils:pupil-links": Row(
        get=P.PUPIL_LINK,
        post=P.PUPIL_LINK,
        also=P.PUPIL_RECORD,
        body={"staff": "{staff}", "starts": "today", "ids": "{hidden}"},
    ),
    "pupils:pupil-links-end": Row(
        get=P.PUPIL_LINK,
        post=P.PUPIL_LINK,
        also=P.PUPIL_RECORD,
        body={"ids": "{key_adult}", "last_day": "2031-01-01"},
    ),
    "pupils:group-links": Row(get=P.GROUP_TIE, post=P.GROUP_TIE),
    "pupils:group-links-end": Row(get=P.GROUP_TIE, post=P.GROUP_TIE),
    "pupils:pupil-add": Row(
        get=P.PUPIL_ADD,
        post=P.PUPIL_ADD,
        also=P.PUPIL_LIST,
        body={"forename": "Nia", "surname": "Owen", "born_on": "2014-05-04", "year_code": "7"},
    ),
    "pupils:pupil-change": Row(get=P.PUPIL_ADD, post=P.PUPIL_ADD, ids=PUPIL, also=P.PUPIL_LIST),
    "pupils:pupil-leave": Row(get=P.PUPIL_ADD, post=P.PUPIL_ADD, ids=PUPIL, also=P.PUPIL_LIST),
    "pupils:pupil-return": Row(get=P.PUPIL_ADD, post=P.PUPIL_ADD, ids={"pk": "gone"}, also=P.PUPIL_LIST),
    "pupils:pupil-merge": Row(get=P.PUPIL_MERGE, post=P.PUPIL_MERGE, ids=PUPIL, also=P.PUPIL_RECORD),
    "pupils:merge-run": Row(
        get=P.PUPIL_MERGE, post=P.PUPIL_MERGE, ids={"pk": "pupil", "other": "second"}, also=P.PUPIL_RECORD
    ),
    "pupils:double-list": Row(get=P.PUPIL_MERGE, also=P.PUPIL_RECORD),
    "pupils:double-reject": Row(post=P.PUPIL_MERGE, ids={"pk": "pupil", "other": "second"}, also=P.PUPIL_RECORD),
    "pupils:import-list": Row(get=P.IMPORT_RUN, post=P.IMPORT_RUN),
    "pupils:import-show": Row(get=P.IMPORT_RUN, ids=BATCH),
    "pupils:import-columns": Row(get=P.IMPORT_RUN, post=P.IMPORT_RUN, ids=BATCH),
    "pupils:import-choices": Row(post=P.IMPORT_RUN, ids=BATCH),
    "pupils:import-settle": Row(post=P.IMPORT_RUN, ids=BATCH),
    "pupils:import-same": Row(get=P.IMPORT_RUN, post=P.IMPORT_RUN, ids=BATCH, body={"ids": "{doubt}"}),
    "pupils:import-leavers": Row(post=P.IMPORT_RUN, ids=BATCH, body={"ids": "{absent}", "last_day": "2026-11-02"}),
    "pupils:import-apply": Row(post=P.IMPORT_RUN, ids=BATCH),
    "pupils:import-drop": Row(get=P.IMPORT_RUN, post=P.IMPORT_RUN, ids=BATCH),
    "pupils:import-failed": Row(get=P.IMPORT_RUN, ids=BATCH, also=P.CIRCUMSTANCE_VIEW),
    "staff:person-list": Row(get=P.STAFF_VIEW),
    "staff:person-invite": Row(
        get=P.STAFF_INVITE,
        post=P.STAFF_INVITE,
        body={"staff": "{without_place}", "name": "", "email": "new@example.org", "roles": "teacher"},
    ),
    "staff:person-change": Row(get=P.STAFF_INVITE, post=P.STAFF_INVITE, ids={"pk": "member"}),
    "staff:person-end": Row(get=P.STAFF_INVITE, post=P.STAFF_INVITE, ids={"pk": "member"}),
    "staff:invitation-batch": Row(get=P.STAFF_INVITE, post=P.STAFF_INVITE),
    "staff:invitation-send": Row(post=P.STAFF_INVITE),
    "staff:invitation-resend": Row(post=P.STAFF_INVITE, ids={"pk": "invitation"}),
    "staff:invitation-revoke": Row(post=P.STAFF_INVITE, ids={"pk": "invitation"}),
    "staff:school-edit": Row(get=P.SCHOOL_SET, post=P.SCHOOL_SET),
    "staff:year-plan": Row(get=P.YEAR_SET),
    "staff:year-terms": Row(get=P.YEAR_SET, post=P.YEAR_SET, ids={"starts": "starts"}),
    "staff:year-closures": Row(get=P.YEAR_SET, post=P.YEAR_SET, ids={"starts": "starts"}),
    "staff:year-edit": Row(get=P.YEAR_SET, post=P.YEAR_SET, ids={"pk": "year"}),
    "staff:signin-rules": Row(get=P.SCHOOL_SET, post=P.SCHOOL_SET),
    "staff:provider-edit": Row(get=P.SCHOOL_SET, post=P.SCHOOL_SET, ids={"kind": "kind"}),
    "staff:provider-remove": Row(post=P.SCHOOL_SET, ids={"kind": "provider"}),
    "outbox:message-list": Row(get=P.MESSAGE_VIEW),
    "outbox:message-again": Row(post=P.MESSAGE_VIEW, ids={"pk": "message"}),
    "outbox:mail-list": Row(get=DEMO),
    "outbox:mail-show": Row(get=DEMO, ids={"pk": "mail"}),
    "kit:job-list": Row(get=MEMBER),
    "kit:job-show": Row(get=OWNER, ids={"pk": "job"}),
    "kit:job-cancel": Row(post=OWNER, ids={"pk": "job"}),
    "kit:job-file": Row(get=OWNER, ids={"pk": "job"}),
    "kit:operation-list": Row(get=MEMBER),
    "kit:operation-show": Row(get=OWNER, ids={"pk": "operation"}),
    "kit:operation-undo": Row(get=OWNER, post=OWNER, ids={"pk": "operation"}),
    "kit:draft-list": Row(get=MEMBER),
    "kit:draft-save": Row(post=P.PUPIL_EDIT, ids={"form": "draft_form", "object_id": "pupil"}),
    "kit:draft-discard": Row(post=MEMBER, ids={"form": "draft_form", "object_id": "pupil"}),
    "kit:saved-view-list": Row(get=MEMBER),
    "kit:saved-view-save": Row(get=MEMBER, post=MEMBER),
    "kit:saved-view-rename": Row(get=OWNER, post=OWNER, ids={"pk": "saved_view"}),
    "kit:saved-view-share": Row(post=OWNER, ids={"pk": "saved_view"}),
    "kit:saved-view-delete": Row(post=OWNER, ids={"pk": "saved_view"}),
}

# Outside any school. PUBLIC pages answer anybody; all others ask for sign-in first (the middleware's default).
PUBLIC_NAMES = {
    "healthz",
    "readyz",
    "display",
    "styleguide",
    "account_extra:home",
    "account_extra:demo-sign-in",
    "account_extra:join",
    "account_extra:sign-in",
    "kit_links:link-door",
    "kit_links:link-form",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
}
