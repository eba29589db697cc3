"""Which forms about pupils keep what has been typed (sendhub.kit.drafts)."""

from django.apps import apps
from django.urls import reverse

from sendhub.access import Permission
from sendhub.kit import drafts
from sendhub.tables import Limits


def correction_url(correction_id):
    """Its page is below its pupil's."""
    correction = apps.get_model("pupils", "Correction").objects.get(pk=correction_id)
    return reverse("pupils:correction-change", args=[correction.pupil_id, correction_id])


FIRST_LINE = "pupils.first_line"
MOVE = "pupils.move"
MOVES = "pupils.moves"
IMPORT_CHOICES, IMPORT_COLUMNS = "pupils.import_choices", "pupils.import_columns"

drafts.allow(
    FIRST_LINE,
    title="The first thing to know",
    fields=["first_line", "version"],
    url=lambda pupil_id: reverse("pupils:first-line-change", args=[pupil_id]),
    needs=[Permission.PUPIL_EDIT],
)

CONCERN, CONCERN_OTHER = "pupils.concern", "pupils.concern_other"

drafts.allow(
    CONCERN,
    title="A concern",
    fields=["words"],
    url=lambda pupil_id: reverse("pupils:concern-raise", args=[pupil_id]),
)
drafts.allow(
    CONCERN_OTHER,
    title="A concern",
    fields=["words", "named", "named_form"],
    url=lambda _: reverse("pupils:concern-raise-other"),
)

MOVE_FIELDS = ["after", "on", "council_on", "reason", "tell", "told_on", "told_how", "told_by", "letter", "print_all"]

drafts.allow(
    MOVE,
    title="A move on the register",
    fields=[*MOVE_FIELDS, "contacts"],
    url=lambda pupil_id: reverse("pupils:register-move", args=[pupil_id]),
    needs=[Permission.REGISTER_MOVE],
)

PUPIL_ADD, PUPIL_CHANGE = "pupils.pupil_add", "pupils.pupil_change"
DETAILS = [
    "forename", "surname", "legal_forename", "legal_surname", "born_on", "sex", "upn", "year_code", "form", "joined_on",
]  # fmt: skip

drafts.allow(
    PUPIL_ADD,
    title="A new pupil",
    fields=DETAILS,
    url=lambda _: reverse("pupils:pupil-add"),
    needs=[Permission.PUPIL_ADD],
)
drafts.allow(
    PUPIL_CHANGE,
    title="A pupil’s details",
    fields=[*DETAILS, "version"],
    url=lambda pupil_id: reverse("pupils:pupil-change", args=[pupil_id]),
    needs=[Permission.PUPIL_ADD],
)

drafts.allow(
    MOVES,
    title="Moves of many on the register",
    fields=[*MOVE_FIELDS, "ids"],
    url=lambda _: reverse("pupils:register-move-many"),
    needs=[Permission.REGISTER_MOVE],
)

drafts.allow(
    IMPORT_CHOICES,
    title="How to take a file",
    fields=["shown", "whole_roll", "take_names", "take_blanks", "taken_on"],
    url=lambda batch_id: reverse("pupils:import-show", args=[batch_id]),
    needs=[Permission.IMPORT_RUN],
)

drafts.allow(
    IMPORT_COLUMNS,
    title="What the columns of a file hold",
    fields=["shown", *(f"column_{place}" for place in range(Limits().columns))],
    url=lambda batch_id: reverse("pupils:import-columns", args=[batch_id]),
    needs=[Permission.IMPORT_RUN],
)

CONTACT_ADD, CONTACT_CHANGE = "pupils.contact_add", "pupils.contact_change"
CONTACT = ["forename", "surname", "relationship", "email", "phone", "language", "interpreter"]
CONTACT += ["parental_responsibility"]

drafts.allow(
    CONTACT_ADD,
    title="A new contact",
    fields=CONTACT,
    url=lambda pupil_id: reverse("pupils:contact-add", args=[pupil_id]),
    needs=[Permission.PUPIL_ADD, Permission.CONTACT_VIEW],
)
drafts.allow(
    CONTACT_CHANGE,
    title="A contact",
    fields=CONTACT,
    url=lambda contact_id: reverse("pupils:contact-change", args=[contact_id]),
    needs=[Permission.PUPIL_ADD, Permission.CONTACT_VIEW],
)

# What supports a pupil: {noun: (what it is called, its fields)}. A new one is kept by its pupil, a change by its row.
SUPPORT = {
    "medical": ("a healthcare plan", ["at_once", "ask", "kept_at", "starts_on", "reviewed_on"]),
    "adjustment": ("a reasonable adjustment", ["what", "why", "starts_on", "look_on"]),
    "risk": ("a risk plan", ["may_happen", "we_do", "who", "starts_on", "review_on"]),
    "arrangement": (
        "an access arrangement",
        [
            "name",
            "scheme",
            "starts_on",
            "evidence",
            "evidence_on",
            "evidence_by",
            "applied_on",
            "approved_on",
            "expires_on",
        ],
    ),
    "agency-tie": ("an agency’s work", ["who", "about", "starts_on"]),
    "agency-contact": ("a contact with an agency", ["on", "how", "about", "staff"]),
}


def names_of(noun):
    """The drafts of a noun: of a new one, of a change."""
    return f"pupils.{noun.replace('-', '_')}_add", f"pupils.{noun.replace('-', '_')}_change"


def way_to(route):
    return lambda object_id: reverse(route, args=[object_id])


for noun, (title, fields) in SUPPORT.items():
    for name, step in zip(names_of(noun), ("add", "change"), strict=True):
        drafts.allow(
            name,
            title=title[:1].upper() + title[1:],
            fields=[*fields, "version"] if step == "change" else fields,
            url=way_to(f"pupils:{noun}-{step}"),
            needs=[Permission.PUPIL_RECORD, Permission.SUPPORT_KEEP],
        )

SUSPENSION_ADD, SUSPENSION_CHANGE = "pupils.suspension_add", "pupils.suspension_change"
TIMETABLE_ADD, TIMETABLE_CHANGE = "pupils.timetable_add", "pupils.timetable_change"
PLACEMENT_ADD, PLACEMENT_CHANGE = "pupils.placement_add", "pupils.placement_change"
VISIT_ADD, VISIT_CHANGE = "pupils.visit_add", "pupils.visit_change"
TOLD_ON = ["family_on", "council_on", "social_worker_on", "virtual_head_on", "taught_from", "governors_on"]
TERM_OF_IT = ["starts_on", "ends_on", "review_on"]
AWAY = {
    SUSPENSION_ADD: ("A suspension", ["kind", "starts_on", "days", "reasons", *TOLD_ON]),
    TIMETABLE_ADD: ("A reduced timetable", ["hours", "reason", *TERM_OF_IT, "agreed_on", "council_on"]),
    PLACEMENT_ADD: (
        "A place outside school",
        ["provider", "reason", "days", *TERM_OF_IT, "check_on", "check_by_id", "attendance"],
    ),
    VISIT_ADD: ("A visit", ["visited_on", "visited_by_id", "findings"]),
}


def away_address(name):
    """Where a form is that adds (its object: the pupil, or the place visited) or changes (its object: the row)."""
    route = name.removeprefix("pupils.").replace("_", "-")
    return lambda pk: reverse(f"pupils:{route}", args=[pk])


for name, (title, fields) in AWAY.items():
    for draft, more in ((name, []), (name.replace("_add", "_change"), ["version"])):
        drafts.allow(
            draft,
            title=title,
            fields=[*fields, *more],
            url=away_address(draft),
            needs=[Permission.AWAY_KEEP],
        )
NOTE_ADD, NOTE_CHANGE = "pupils.note_add", "pupils.note_change"
NOTE = ["kind", "on", "text", "pinned", "restricted"]


def note_url(note_id):
    """Where the note is revised: its address has the pupil in it."""
    from pupils.models import Note  # the app registry must be ready

    pupil_id = Note.objects.filter(pk=note_id).values_list("pupil_id", flat=True).first()
    return reverse("pupils:note-change", args=[pupil_id, note_id]) if pupil_id else ""


drafts.allow(
    NOTE_ADD,
    title="A new note",
    fields=NOTE,
    url=lambda pupil_id: reverse("pupils:note-add", args=[pupil_id]),
    needs=[Permission.PUPIL_RECORD, Permission.NOTE_WRITE],
)
drafts.allow(
    NOTE_CHANGE,
    title="A note",
    fields=[*NOTE, "version"],
    url=note_url,
    needs=[Permission.PUPIL_RECORD, Permission.NOTE_WRITE],
)

VOICE_ADD, VOICE_CHANGE, ABOUT = "pupils.voice_add", "pupils.voice_change", "pupils.about"
VOICE = ["words", "how", "said_on", "taken_by"]


def voice_url(voice_id):
    from pupils.models import PupilVoice  # the app registry must be ready

    pupil_id = PupilVoice.objects.filter(pk=voice_id).values_list("pupil_id", flat=True).first()
    return reverse("pupils:voice-change", args=[pupil_id, voice_id]) if pupil_id else ""


for name, title, fields, url in (
    (VOICE_ADD, "What a pupil says", VOICE, lambda pupil_id: reverse("pupils:voice-add", args=[pupil_id])),
    (VOICE_CHANGE, "What a pupil says", [*VOICE, "version"], voice_url),
    (
        ABOUT,
        "What a pupil is good at",
        ["strengths", "matters", "version"],
        lambda pupil_id: reverse("pupils:about-change", args=[pupil_id]),
    ),
):
    drafts.allow(name, title=title, fields=fields, url=url, needs=[Permission.PUPIL_RECORD, Permission.NOTE_WRITE])
CORRECTION_ADD, CORRECTION_CHANGE = "pupils.correction_add", "pupils.correction_change"
CORRECTION = ["about", "said", "said_by", "said_on", "outcome", "why", "decided_on", "version"]

drafts.allow(
    CORRECTION_ADD,
    title="What a family says is wrong",
    fields=CORRECTION,
    url=lambda pupil_id: reverse("pupils:correction-add", args=[pupil_id]),
    needs=[Permission.RIGHTS_RUN],
)
drafts.allow(
    CORRECTION_CHANGE,
    title="What a family says is wrong",
    fields=CORRECTION,
    url=correction_url,
    needs=[Permission.RIGHTS_RUN],
)
