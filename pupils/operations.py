"""What is done to many pupils in one go: what it is called, who may undo it, and what its rows are called."""

from django.apps import apps

from sendhub.access import Permission
from sendhub.kit import operations

P = Permission


def import_undone(operation, by):
    from pupils.actions.imports import mark_undone  # the app registry must be ready

    mark_undone(operation=operation, by=by)


operations.kind("import.apply", "Brought in from a file", needs=P.IMPORT_RUN, undone=import_undone)
operations.kind("register.moves", "Moves on the register", needs=P.REGISTER_MOVE)
operations.kind("register.days", "Days on the register put right", needs=P.REGISTER_MOVE)
operations.kind("family.tell", "Families told", needs=P.FAMILY_TELL)
operations.kind("family.letter_post", "Letters posted", needs=P.FAMILY_TELL)
operations.kind("flag.set", "Flags set", needs=P.REGISTER_MOVE)
operations.kind("flag.end", "Flags ended", needs=P.REGISTER_MOVE)
operations.kind("pupil.merge", "Two records made one", needs=P.PUPIL_MERGE)
operations.kind("pupil.adults_link", "Adults linked to pupils", needs=P.PUPIL_LINK)
operations.kind("pupil.adults_end", "Links of adults ended", needs=P.PUPIL_LINK)
operations.kind("group.staff_link", "Adults given forms or years", needs=P.GROUP_TIE)
operations.kind("group.staff_unlink", "What adults have with forms or years ended", needs=P.GROUP_TIE)
operations.kind("pupil.leave", "A pupil left", needs=P.PUPIL_ADD)


def settle(pupil):
    from pupils.actions.pupil import settle  # the app registry must be ready

    settle(pupil)


operations.thing(
    "pupils.Pupil",
    "pupil",
    "pupils",
    private=frozenset({"fsm", "fsm_ever6", "pupil_premium", "in_care", "speak_to_dsl"}),
    follow=frozenset({"sort_name", "year_sort"}),
    settle=settle,
)
operations.thing("pupils.Contact", "contact", "contacts", needs=P.CONTACT_VIEW, private=frozenset({"court_order"}))
operations.thing("pupils.PupilNumber", "number in a school system", "numbers in school systems")
operations.thing("pupils.GroupPupil", "place in a class, form or year", "places in classes, forms and years")
operations.thing("pupils.PupilAdult", "adult’s part", "adults’ parts")
operations.thing("pupils.SENRecord", "time on the register", "times on the register", needs=P.PUPIL_RECORD)
operations.thing("pupils.SENNeed", "need", "needs", needs=P.PUPIL_RECORD)
operations.thing("pupils.RegisterMove", "move on the register", "moves on the register", needs=P.PUPIL_RECORD)
operations.thing("pupils.FamilyLetter", "letter to a family", "letters to families", needs=P.PUPIL_RECORD)
operations.thing("pupils.Concern", "concern", "concerns", needs=P.PUPIL_RECORD)
operations.thing("pupils.ConcernStep", "step of a concern", "steps of concerns", needs=P.PUPIL_RECORD)
operations.thing("pupils.PupilFlag", "flag", "flags", needs=P.PUPIL_RECORD)
operations.thing(
    "pupils.ProvisionProposal",
    "proposal from a file",
    "proposals from files",
    needs=P.PUPIL_RECORD,
)
for model, one, many in (
    ("MedicalPointer", "healthcare plan", "healthcare plans"),
    ("Adjustment", "reasonable adjustment", "reasonable adjustments"),
    ("RiskPlan", "risk plan", "risk plans"),
    ("RiskReading", "reading of a risk plan", "readings of risk plans"),
    ("AccessArrangement", "access arrangement", "access arrangements"),
    ("ArrangementUse", "proof of an arrangement", "proofs of arrangements"),
    ("AgencyTie", "tie to an agency", "ties to agencies"),
    ("AgencyContact", "contact with an agency", "contacts with agencies"),
):
    operations.thing(f"pupils.{model}", one, many, needs=P.PUPIL_RECORD)
operations.thing("pupils.ReadingMark", "reading mark", "reading marks", needs=P.PUPIL_RECORD)
operations.thing(
    "pupils.PupilFile", "file", "files", needs=P.PUPIL_RECORD, private=frozenset({"name", "stored", "digest"})
)
operations.thing("pupils.Note", "note", "notes", needs=P.PUPIL_RECORD, private=frozenset({"text", "restricted"}))
operations.thing("pupils.PupilVoice", "thing that the pupil said", "things that pupils said", needs=P.PUPIL_RECORD)
operations.thing("pupils.AboutMe", "list of what a pupil is good at", "lists of what pupils are good at")
operations.thing("pupils.AttendanceSnapshot", "attendance total", "attendance totals", needs=P.PUPIL_RECORD)
operations.thing(
    "pupils.Suspension",
    "suspension",
    "suspensions",
    needs=P.AWAY_VIEW,
    private=frozenset({"social_worker_on", "virtual_head_on"}),
)
operations.thing("pupils.ReducedTimetable", "reduced timetable", "reduced timetables", needs=P.AWAY_VIEW)
operations.thing("pupils.Placement", "place outside school", "places outside school", needs=P.AWAY_VIEW)
operations.thing("pupils.PlacementVisit", "visit to a place", "visits to places", needs=P.AWAY_VIEW)
operations.thing("pupils.ImportColumn", "column’s meaning", "columns’ meanings")
operations.thing("staff.StaffMember", "person who works here", "people who work here")
operations.thing("staff.TeachingGroup", "class, form or year group", "classes, forms and year groups")
operations.thing("staff.GroupStaff", "tie of an adult to a class", "ties of adults to classes")
operations.thing("staff.SchoolYear", "school year", "school years")


@operations.records
def find_records(member, ids):
    """{id: (name, address)} of the pupils whom the member may see; an address only where they may open the record."""
    pupils = apps.get_model("pupils", "Pupil").objects.visible_to(member).filter(pk__in=ids)
    opens = member.can(P.PUPIL_RECORD)
    return {pupil.pk: (pupil.name, pupil.get_absolute_url() if opens else "") for pupil in pupils}
