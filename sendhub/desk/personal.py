"""What each stored field is, for whoever exports, redacts or keeps records: one class a field, none left out.

A test walks every model of ours and fails on a field without a class. What follows from a class (what a family is
given, what is blacked out, how long it is kept) is read from here, never from a list of its own.
"""

from enum import StrEnum


class Kind(StrEnum):
    IDENTITY = "who the child is: given to the family, kept as long as the file"
    NEED = "special category: needs and provision; given to the family, kept as long as the file"
    CIRCUMSTANCE = "special category or poverty: shown by permission only; given to the family"
    SAFEGUARDING = "looked at by the safeguarding lead before anybody is given it"
    FAMILY = "about another person: blacked out for everyone but that person"
    WORDS = "free text: may name others, so read by a person before it leaves"
    STAFF = "about someone who works here: their name and part stay, their address does not leave"
    SIGN_IN = "how somebody signs in: never leaves"
    PLAIN = "no person in it: keys, codes, dates of rows, states"


K = Kind

# Fields of nearly every row.
EVERYWHERE = dict.fromkeys(
    ["id", "school", "school_id", "pupil", "version", "created_at", "saved_at", "starts_on", "ends_on", "source"],
    K.PLAIN,
)

FIELDS: dict[str, dict[str, Kind]] = {
    "pupils.Pupil": {
        **dict.fromkeys(
            ["upn", "former_upn", "mis_id", "legal_forename", "legal_surname", "forename", "surname"], K.IDENTITY
        ),
        **dict.fromkeys(["sort_name", "pronouns", "born_on", "sex", "year_code", "year_sort", "form"], K.IDENTITY),
        **dict.fromkeys(["joined_on", "left_on", "merged_into", "eal"], K.IDENTITY),
        **dict.fromkeys(["fsm", "fsm_ever6", "pupil_premium", "in_care"], K.CIRCUMSTANCE),
        "first_line": K.WORDS,
        "speak_to_dsl": K.SAFEGUARDING,
    },
    "pupils.SENRecord": {"provision": K.NEED, "start_known": K.PLAIN},
    "pupils.SENNeed": {"code": K.NEED, "rank": K.NEED},
    "pupils.Contact": {
        **dict.fromkeys(["priority", "title", "forename", "surname", "relationship", "email", "phone"], K.FAMILY),
        **dict.fromkeys(["parental_responsibility", "language", "interpreter"], K.FAMILY),
        "court_order": K.SAFEGUARDING,
    },
    "pupils.PupilNumber": {"system": K.PLAIN, "number": K.IDENTITY},
    "pupils.TwoPupils": dict.fromkeys(["one", "other", "said_on"], K.PLAIN),
    "pupils.GroupPupil": {"group": K.IDENTITY},
    "pupils.PupilAdult": {"staff": K.STAFF, "part": K.STAFF},
    "pupils.Note": {
        "text": K.WORDS,
        **dict.fromkeys(["kind", "on"], K.NEED),
        **dict.fromkeys(["restricted", "pinned", "written_at", "withdrawn_on"], K.PLAIN),
        **dict.fromkeys(["author", "withdrawn_by"], K.STAFF),
    },
    "pupils.PupilVoice": {
        "words": K.WORDS,
        **dict.fromkeys(["said_on", "how", "still_true_on"], K.NEED),
        "withdrawn_on": K.PLAIN,
        **dict.fromkeys(["taken_by", "withdrawn_by"], K.STAFF),
    },
    "pupils.AboutMe": {**dict.fromkeys(["strengths", "matters"], K.WORDS), "checked_on": K.NEED},
    "pupils.PupilFile": {
        "name": K.WORDS,
        **dict.fromkeys(["purpose", "kind", "size", "digest", "stored", "restricted", "added_at"], K.PLAIN),
        **dict.fromkeys(["removed_on", "lost_on", "note", "voice"], K.PLAIN),
        **dict.fromkeys(["added_by", "removed_by"], K.STAFF),
    },
    "pupils.RegisterMove": {
        **dict.fromkeys(["before", "after", "on", "council_on"], K.NEED),
        "reason": K.WORDS,
        "on_known": K.PLAIN,
        **dict.fromkeys(["told", "told_on", "told_how"], K.FAMILY),
        "told_by": K.STAFF,
    },
    "pupils.FamilyLetter": {
        **dict.fromkeys(["contact", "addressee", "way", "written_on", "sent_on", "withdrawn_on"], K.FAMILY),
        "move": K.PLAIN,
        "text": K.WORDS,
    },
    "pupils.PupilFlag": {"kind": K.NEED, "note": K.WORDS},
    "pupils.ProvisionProposal": {
        **dict.fromkeys(["before", "after", "seen_on", "decided_on"], K.NEED),
        **dict.fromkeys(["state", "move"], K.PLAIN),
        "note": K.WORDS,
    },
    "pupils.Concern": {
        **dict.fromkeys(["named", "named_form"], K.IDENTITY),
        "about": K.NEED,
        "words": K.WORDS,
        "raised_by": K.STAFF,
        **dict.fromkeys(["raised_on", "stage", "since", "look_on", "form_id"], K.PLAIN),
    },
    "pupils.ConcernStep": {
        **dict.fromkeys(["concern", "before", "after", "on", "look_on"], K.PLAIN),
        "words": K.WORDS,
        "taken_by": K.STAFF,
    },
    "pupils.MedicalPointer": {
        "at_once": K.WORDS,
        **dict.fromkeys(["ask", "kept_at", "reviewed_on"], K.NEED),
    },
    "pupils.Adjustment": {
        **dict.fromkeys(["what", "why"], K.WORDS),
        **dict.fromkeys(["look_on", "confirmed_on"], K.NEED),
        "confirmed_by": K.STAFF,
    },
    "pupils.RiskPlan": {
        **dict.fromkeys(["may_happen", "we_do", "who"], K.WORDS),
        **dict.fromkeys(["review_on", "edition", "edition_on"], K.NEED),
    },
    "pupils.RiskReading": {"plan": K.PLAIN, **dict.fromkeys(["staff", "edition", "read_on"], K.STAFF)},
    "pupils.ArrangementKind": dict.fromkeys(["name", "approval"], K.PLAIN),
    "pupils.AccessArrangement": {
        **dict.fromkeys(["scheme", "name", "approval"], K.NEED),
        **dict.fromkeys(["evidence_on", "applied_on", "approved_on", "expires_on"], K.NEED),
        **dict.fromkeys(["evidence", "evidence_by"], K.WORDS),
    },
    "pupils.ArrangementUse": {"arrangement": K.PLAIN, "staff": K.STAFF, "said_on": K.NEED},
    "pupils.Agency": {"name": K.PLAIN, "does": K.PLAIN, "phone": K.FAMILY, "email": K.FAMILY},
    "pupils.Professional": {"agency": K.PLAIN, **dict.fromkeys(["name", "job", "phone", "email"], K.FAMILY)},
    "pupils.AgencyTie": {"agency": K.NEED, "professional": K.FAMILY, "about": K.WORDS},
    "pupils.AgencyContact": {"tie": K.PLAIN, "on": K.NEED, "staff": K.STAFF, "how": K.PLAIN, "about": K.WORDS},
    "pupils.ReadingMark": dict.fromkeys(["member", "tagged_on", "read_on"], K.STAFF),
    "pupils.AttendanceSnapshot": dict.fromkeys(
        ["taken_on", "possible", "attended", "authorised", "unauthorised", "suspended_days"], K.IDENTITY
    ),
    "pupils.Suspension": {
        **dict.fromkeys(["kind", "days", "reasons", "taught_from", "governors_on", "cancelled_on"], K.IDENTITY),
        **dict.fromkeys(["family_on", "council_on"], K.IDENTITY),
        **dict.fromkeys(["social_worker_on", "virtual_head_on"], K.CIRCUMSTANCE),
        "withdrawn_on": K.PLAIN,
    },
    "pupils.ReducedTimetable": {
        **dict.fromkeys(["hours", "review_on", "agreed_on", "council_on"], K.NEED),
        "reason": K.WORDS,
        "withdrawn_on": K.PLAIN,
    },
    "pupils.Placement": {
        **dict.fromkeys(["provider", "days", "attendance", "review_on", "check_on"], K.NEED),
        "reason": K.WORDS,
        "check_by": K.STAFF,
        "withdrawn_on": K.PLAIN,
    },
    "pupils.PlacementVisit": {
        **dict.fromkeys(["placement", "withdrawn_on"], K.PLAIN),
        "visited_on": K.NEED,
        "visited_by": K.STAFF,
        "findings": K.WORDS,
    },
    "pupils.ImportBatch": {
        **dict.fromkeys(["kind", "file", "digest", "state", "columns", "choices", "counts", "notes"], K.PLAIN),
        **dict.fromkeys(["job", "operation", "applied_at"], K.PLAIN),
        "file_name": K.WORDS,
        "member": K.STAFF,
    },
    "pupils.ImportLine": {
        **dict.fromkeys(["batch", "row", "state", "decision", "words", "last_day"], K.PLAIN),
        **dict.fromkeys(["name", "place"], K.IDENTITY),
        **dict.fromkeys(["changes", "cells"], K.WORDS),
        "staff": K.STAFF,
    },
    "pupils.ImportColumn": dict.fromkeys(["kind", "header", "field"], K.PLAIN),
    "operate.RestoreDrill": {
        **dict.fromkeys(["tried_on", "backup_of", "held", "three_copies", "two_devices", "off_site"], K.PLAIN),
        "done_by": K.STAFF,
        "note": K.WORDS,
    },
    "staff.SetupChoice": {"step": K.PLAIN, "reason": K.WORDS},
    "staff.User": {
        **dict.fromkeys(["email", "name"], K.STAFF),
        **dict.fromkeys(["password", "last_login", "is_active", "date_joined"], K.SIGN_IN),
    },
    "staff.StaffMember": {
        **dict.fromkeys(["code", "title", "forename", "surname", "job_title", "email"], K.STAFF),
        **dict.fromkeys(["started_on", "ended_on"], K.STAFF),
    },
    "staff.Membership": dict.fromkeys(["user", "staff", "roles", "started_at", "ended_at"], K.STAFF),
    "staff.Trust": {"name": K.PLAIN, "slug": K.PLAIN},
    "staff.School": {
        **dict.fromkeys(["name", "slug", "trust", "la_code", "estab", "is_demo", "second_factor"], K.PLAIN),
        **dict.fromkeys(["trust_sees", "small_number", "setting_up", "photos"], K.PLAIN),
    },
    "staff.Invitation": {
        **dict.fromkeys(["name", "email", "roles", "staff", "membership"], K.STAFF),
        **dict.fromkeys(["sends", "revoked_at", "accepted_at"], K.SIGN_IN),
    },
    "staff.SchoolIdentityProvider": dict.fromkeys(
        ["kind", "issuer", "client_id", "secret", "secret_set_at", "domain", "enforces_second_factor"], K.SIGN_IN
    ),
    "staff.SchoolYear": dict.fromkeys(["starts", "groups_from", "groups_until"], K.PLAIN),
    "staff.Term": dict.fromkeys(["year", "name"], K.PLAIN),
    "staff.Closure": {"on": K.PLAIN, "reason": K.PLAIN},
    "staff.TeachingGroup": dict.fromkeys(["year", "kind", "name", "subject"], K.PLAIN),
    "staff.GroupStaff": {"group": K.PLAIN, "staff": K.STAFF, "part": K.STAFF},
    "audit.AccessLog": {
        **dict.fromkeys(["at", "actor", "verb", "pupil_id", "why", "detail"], K.STAFF),
        "request_id": K.PLAIN,
    },
    "outbox.Message": {
        "to": K.FAMILY,
        **dict.fromkeys(["key", "template", "ids", "policy", "state", "lease_until", "next_try"], K.PLAIN),
        **dict.fromkeys(["attempts", "message_id", "body_hash", "error", "by", "sent_at"], K.PLAIN),
    },
    "outbox.OutboxDue": {"message_id": K.PLAIN, "next_try": K.PLAIN},
    "outbox.Heartbeat": {"name": K.PLAIN, "at": K.PLAIN},
    "outbox.DemoMail": {
        "to": K.FAMILY,
        **dict.fromkeys(["subject", "text", "html"], K.WORDS),
        **dict.fromkeys(["message_id", "attachments", "at"], K.PLAIN),
    },
    "kit.Job": {
        **dict.fromkeys(["kind", "title", "params", "form_id", "state", "done", "of", "sentence"], K.PLAIN),
        **dict.fromkeys(["cancel_asked", "attempts", "started_at", "heartbeat_at", "finished_at"], K.PLAIN),
        **dict.fromkeys(["file", "file_name", "file_type", "expires_at"], K.PLAIN),
        **dict.fromkeys(["by", "member"], K.STAFF),
    },
    "kit.Operation": {
        **dict.fromkeys(["kind", "title", "at", "undo_until", "undone_at", "kept"], K.PLAIN),
        **dict.fromkeys(["by", "undone_by"], K.STAFF),
    },
    "kit.JobDue": {"job_id": K.PLAIN, "next_look": K.PLAIN},
    "kit.Draft": {"member": K.STAFF, "form": K.PLAIN, "object_id": K.PLAIN, "data": K.WORDS},
    "kit.Link": {
        "recipient": K.FAMILY,
        "token_hash": K.SIGN_IN,
        **dict.fromkeys(["purpose", "subject_id", "max_submits", "submits"], K.PLAIN),
        **dict.fromkeys(["created_by", "expires_at", "submitted_at", "revoked_at"], K.PLAIN),
    },
    "pupils.Correction": {
        **dict.fromkeys(["about", "said", "said_by", "why"], K.WORDS),
        **dict.fromkeys(["said_on", "outcome", "decided_on"], K.PLAIN),
    },
    "pupils.Restriction": {"reason": K.WORDS, "set_by": K.STAFF},
    "desk.AccessRequest": {
        **dict.fromkeys(["contact", "asked_by"], K.FAMILY),
        **dict.fromkeys(["who", "asked_on", "wants_record", "settled_on", "paused_from", "paused_until"], K.PLAIN),
        **dict.fromkeys(["extended_on", "archived_at", "answered_on", "withdrawn_on"], K.PLAIN),
        **dict.fromkeys(["settled_how", "extended_why", "answered_how", "withdrawn_why"], K.WORDS),
    },
    "desk.AccessTick": {
        **dict.fromkeys(["request", "table", "row", "column", "digest", "decision", "decided_at"], K.PLAIN),
        "reason": K.WORDS,
        "decided_by": K.STAFF,
    },
    "desk.Breach": {
        **dict.fromkeys(["what", "kinds", "risk_why", "late_why", "people_told_how", "done"], K.WORDS),
        **dict.fromkeys(["aware_at", "people", "risk", "ico_told_at", "ico_reference"], K.PLAIN),
        **dict.fromkeys(["people_told_on", "closed_on"], K.PLAIN),
    },
    "desk.Complaint": {
        "who": K.FAMILY,
        **dict.fromkeys(["about", "outcome"], K.WORDS),
        **dict.fromkeys(["received_on", "acknowledged_on", "answered_on"], K.PLAIN),
    },
    "desk.LeavingFile": {
        **dict.fromkeys(["parts", "with_restricted", "sent_on", "sent_to", "sent_how"], K.PLAIN),
        **dict.fromkeys(["chosen_by", "sent_by"], K.STAFF),
    },
    "desk.RetentionRule": dict.fromkeys(["record_type", "anchor", "years", "action", "reason"], K.PLAIN),
    "desk.LegalHold": {
        "reason": K.WORDS,
        **dict.fromkeys(["set_by", "lifted_by"], K.STAFF),
        **dict.fromkeys(["set_on", "lifted_on"], K.PLAIN),
    },
    "desk.Removal": {
        "why": K.WORDS,
        **dict.fromkeys(["first_by", "second_by", "withdrawn_by"], K.STAFF),
        **dict.fromkeys(["record_type", "first_on", "second_on", "withdrawn_on"], K.PLAIN),
    },
    "desk.Tombstone": {
        **dict.fromkeys(["key", "made_on", "record_type", "rule", "counts"], K.PLAIN),
        **dict.fromkeys(["first", "second"], K.STAFF),
    },
    "kit.SavedView": {
        **dict.fromkeys(["name", "query"], K.WORDS),
        "page": K.PLAIN,
        "owner": K.STAFF,
        "shared": K.PLAIN,
    },
}

# What points to a child without a key, so that walking the models does not find it.
# Each mail: which of its ids names a row of which table; None for one that is about no pupil.
MAILS: dict[str, tuple[str, str] | None] = {
    "pupil_adult": ("tie_id", "pupils.PupilAdult"),
    "pupil_links": ("tie_ids", "pupils.PupilAdult"),
    "family_notice": ("letter_id", "pupils.FamilyLetter"),
    "concern_raised": ("concern_id", "pupils.Concern"),
    "concern_moved": ("step_id", "pupils.ConcernStep"),
    **dict.fromkeys(["group_links", "invitation", "account_notice", "password_reset", "address_check"], None),
}
# Each form that keeps drafts: the table whose number the draft bears; None where it is about no row of a pupil.
DRAFTS: dict[str, str | None] = {
    **dict.fromkeys(["pupils.first_line", "pupils.move", "pupils.pupil_change"], "pupils.Pupil"),
    **dict.fromkeys(["pupils.contact_add", "pupils.concern"], "pupils.Pupil"),
    "pupils.contact_change": "pupils.Contact",
    **dict.fromkeys(
        [f"pupils.{noun}_add" for noun in ("medical", "adjustment", "risk", "arrangement")], "pupils.Pupil"
    ),
    "pupils.medical_change": "pupils.MedicalPointer",
    "pupils.adjustment_change": "pupils.Adjustment",
    "pupils.risk_change": "pupils.RiskPlan",
    "pupils.arrangement_change": "pupils.AccessArrangement",
    "pupils.agency_tie_add": "pupils.Pupil",
    **dict.fromkeys(["pupils.note_add", "pupils.voice_add", "pupils.about"], "pupils.Pupil"),
    "pupils.note_change": "pupils.Note",
    "pupils.voice_change": "pupils.PupilVoice",
    **dict.fromkeys(["pupils.suspension_add", "pupils.timetable_add", "pupils.placement_add"], "pupils.Pupil"),
    "pupils.suspension_change": "pupils.Suspension",
    "pupils.timetable_change": "pupils.ReducedTimetable",
    **dict.fromkeys(["pupils.placement_change", "pupils.visit_add"], "pupils.Placement"),
    "pupils.visit_change": "pupils.PlacementVisit",
    **dict.fromkeys(["pupils.agency_tie_change", "pupils.agency_contact_add"], "pupils.AgencyTie"),
    "pupils.agency_contact_change": "pupils.AgencyContact",
    "pupils.correction_add": "pupils.Pupil",
    "pupils.correction_change": "pupils.Correction",
    "desk.request": "desk.AccessRequest",
    "desk.complaint": "desk.Complaint",
    "desk.breach": None,
    **dict.fromkeys(["pupils.pupil_add", "pupils.concern_other", "pupils.moves"], None),
    **dict.fromkeys(["pupils.import_choices", "pupils.import_columns"], None),
}


def kind_of(label: str, field: str) -> Kind:
    """The class of a field, such as kind_of("pupils.Pupil", "upn"). Raises KeyError for one that has none."""
    fields = FIELDS[label]
    return fields[field] if field in fields else EVERYWHERE[field]
