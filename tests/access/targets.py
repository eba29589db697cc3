"""The rows that the sweep puts into addresses and forms: those that the caller may see, and those that they may not."""

import re
import uuid
from datetime import timedelta

from django.utils import timezone

from pupils.actions import (
    add_file,
    add_note,
    add_voice,
    change_about,
    remove_file,
    withdraw_note,
    withdraw_voice,
)
from pupils.imports.matching import SURNAME
from pupils.models import (
    AccessArrangement,
    Adjustment,
    Agency,
    AgencyContact,
    AgencyTie,
    ArrangementKind,
    Concern,
    Correction,
    FamilyLetter,
    ImportBatch,
    ImportLine,
    MedicalPointer,
    Placement,
    PlacementVisit,
    Professional,
    ProvisionProposal,
    Pupil,
    PupilAdult,
    PupilFlag,
    ReducedTimetable,
    RegisterMove,
    RiskPlan,
    Suspension,
)
from sendhub import files
from sendhub.access import Permission, Scope
from sendhub.audit import SYSTEM, acting, actor_key
from sendhub.desk.models import AccessRequest, Breach, Complaint, LeavingFile, LegalHold, Removal
from sendhub.kit.actions.jobs import folder
from sendhub.kit.models import Job, Operation, SavedView
from sendhub.outbox.models import DemoMail, Message
from sendhub.tenancy import school_context
from staff.models import Invitation, School, SchoolIdentityProvider, SchoolYear, StaffMember
from tests.files import samples

NEVER = "999999999"
WORDS = {
    "draft_form": "pupils.first_line",
    "kind": "google",
    "rule": "sen_file",
    "question": "told",
}  # ids that are words, the same in each school


class Stage:
    """The cast with one of each noun that an address can be about, in each school. The SENDCO owns what is owned."""

    def __init__(self, cast):
        self.cast = cast
        self.rows = {slug: one_of_each(getattr(cast, slug)) for slug in ("oakfield", "hillside", "brook")}

    def variants(self, row, member):
        """[(which ids, whether the member sees that row)] for the path."""
        if not row.ids:
            return [("", True)]
        if row.about == "pupil":
            everyone, linked = member.scope == Scope.ALL, member.scope == Scope.LINKED
            hidden = [("hidden", everyone)] if len(row.ids) == 1 else []
            return [("own", everyone or linked), *hidden, ("foreign", False), ("never", False)]
        if row.about == "concern":  # of Aïsha, raised by the SENDCO: not for a teacher who is no tutor
            looks = member.can(Permission.CONCERN_TRIAGE) and "teacher" not in member.roles
            return [("own", looks), ("foreign", False), ("never", False)]
        if row.about == "draft_form":
            return [("own", True)]
        if row.about in {"kind", "provider", "rule", "starts", "question"}:
            return [("own", True), ("never", False)]
        return [("own", True), ("foreign", False), ("never", False)]

    def path(self, slug, address, row, ids="own"):
        """The address under /s/<slug>/ with its ids filled in."""
        rows = self.rows["brook" if ids == "foreign" else slug if slug in self.rows else "oakfield"]

        def value(match):
            noun = row.ids[match[1]]
            if ids == "never" and noun not in {"draft_form"}:
                return "nothing" if noun in {"kind", "provider", "rule"} else NEVER
            if noun in WORDS:
                return WORDS[noun]
            return str(rows["hidden" if ids == "hidden" and noun == "pupil" else noun])

        return f"/s/{slug}/" + re.sub(r"<(?:\w+:)?(\w+)>", value, address.route)

    def fill(self, value, slug):
        """`{staff}` becomes this school's id."""
        return str(value).format(**self.rows[slug])


def one_of_each(school):
    """{noun: id} for one school."""
    owner, aisha = school.sendco, school.pupils["aisha"]
    folder().mkdir(exist_ok=True)
    (folder() / "stage.csv").write_text("A list")
    School.objects.filter(pk=school.school.pk).update(photos=True)
    row = {"school": school.school}
    with school_context(school.school.pk), acting(SYSTEM, "stage.build"):
        year = SchoolYear.objects.get(**row)
        job = Job.objects.create(
            **row, kind="pupils.export", title="A list", form_id=uuid.uuid4(), by=actor_key(owner), member=owner,
            state=Job.State.DONE, file="stage.csv", file_name="x.csv", file_type="text/csv",
            expires_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
        view = SavedView.objects.create(**row, name="Mine", page="pupils:pupil-list", query="year=9", owner=owner)
        operation = Operation.objects.create(
            **row, kind="stage", title="2 pupils", by=actor_key(owner), undo_until=timezone.now() + timedelta(days=1)
        )
        message = Message.objects.create(
            **row, key="k", to="a@example.org", template="pupil_adult_linked", message_id="<k@x>", by="system",
            state="dead",
        )  # fmt: skip
        mail = DemoMail.objects.create(**row, message_id="<k@x>", to="a@example.org", subject="Hello", text="Hello")
        invitation = Invitation.objects.create(**row, name="New Person", email="waiting@example.org", roles=["ta"])
        SchoolIdentityProvider.objects.create(
            **row, kind="microsoft", issuer="https://login.example.org/x/v2.0", client_id="c", secret="s",
            secret_set_at=timezone.now(),
        )  # fmt: skip
        today = timezone.localdate()
        move = RegisterMove.objects.create(
            **row,
            pupil=aisha,
            before="N",
            after="K",
            on=today - timedelta(days=200),
            reason="Reads slowly",
            told="letter",
        )
        contact = aisha.contacts.get()
        letter = FamilyLetter.objects.create(
            **row, pupil=aisha, move=move, contact=contact, addressee=contact.name, way="post", text="Hello",
            written_on=today,
        )  # fmt: skip
        concern = Concern.objects.create(
            **row, pupil=aisha, about="feelings", raised_by=owner, raised_on=today, since=today, form_id=uuid.uuid4()
        )
        flag = PupilFlag.objects.create(**row, pupil=aisha, kind="assessed", starts_on=today)
        ProvisionProposal.objects.create(**row, pupil=aisha, before="K", after="N", seen_on=today)
        medical = MedicalPointer.objects.create(**row, pupil=aisha, kept_at="Office", starts_on=today)
        adjustment = Adjustment.objects.create(**row, pupil=aisha, what="A seat", why="Sight", starts_on=today)
        risk = RiskPlan.objects.create(
            **row, pupil=aisha, may_happen="Runs", we_do="Wait", who="All", starts_on=today, review_on=today,
            edition_on=today,
        )  # fmt: skip
        arrangement = AccessArrangement.objects.create(
            **row, pupil=aisha, scheme="jcq", name="Prompter", approval="delegated", starts_on=today
        )
        kind_row = ArrangementKind.objects.create(**row, name="Prompter", approval="delegated")
        agency = Agency.objects.create(**row, name="Therapy")
        professional = Professional.objects.create(**row, agency=agency, name="Jo Bell")
        agency_tie = AgencyTie.objects.create(**row, pupil=aisha, agency=agency, about="Speech", starts_on=today)
        agency_contact = AgencyContact.objects.create(
            **row, pupil=aisha, tie=agency_tie, on=today, staff=school.teacher.staff, how="phone", about="Dates"
        )
        out = {**row, "pupil": aisha, "starts_on": today}
        suspension = Suspension.objects.create(**out, kind="days", days=2, reasons="PP")
        timetable = ReducedTimetable.objects.create(**out, hours=12, reason="Back after illness")
        placement = Placement.objects.create(**out, provider="The Farm", reason="To try it", days="Mondays")
        visit = PlacementVisit.objects.create(
            **row, pupil=aisha, placement=placement, visited_on=today, visited_by=school.teacher.staff, findings="Safe"
        )
        batch = ImportBatch.objects.create(
            **row, kind="pupils", file_name="x.csv", digest="0" * 64, state="ready", member=owner,
            columns=[["Surname", "surname"]], choices={"whole_roll": True},
            counts={"in_doubt": 1, "absent": 1, "failed": 1},
        )  # fmt: skip
        asked = AccessRequest.objects.create(
            **row, pupil=aisha, who="parent", contact=contact, asked_on=today, settled_on=today, settled_how="Known"
        )
        breach = Breach.objects.create(**row, aware_at=timezone.now(), what="A lost bag")
        gone = school.pupils["gone"]
        removal = Removal.objects.create(
            **row, pupil=gone, record_type="sen_file", why="Long over", first_by=school.head, first_on=today
        )
        hold = LegalHold.objects.create(
            **row, pupil=school.pupils["leon"], reason="A claim", set_by=owner, set_on=today
        )
        leaving = LeavingFile.objects.create(**row, pupil=gone, parts=["pupils.Pupil"], chosen_by=owner)
        correction = Correction.objects.create(
            **row, pupil=aisha, about="A date", said="It was May", said_by="A parent", said_on=today
        )
        complaint = Complaint.objects.create(**row, received_on=today, who="A parent", about="A letter")
        line = {**row, "batch": batch, "row": 2, "pupil": aisha, "cells": [["Bell"]]}
        doubt = ImportLine.objects.create(**line, state="in_doubt", words=SURNAME)
        absent = ImportLine.objects.create(**line, state="absent")
        checked = files.Checked("pdf", "x.pdf", samples.pdf())
        file, file_removed = (add_file(pupil=aisha, checked=checked, by=owner) for _ in range(2))
        remove_file(file=file_removed, by=owner)
        words = {"pupil": aisha, "kind": "meeting", "on": today, "text": "We met", "by": owner}
        note, note_withdrawn = (add_note(**words) for _ in range(2))
        withdraw_note(note=note_withdrawn, by=owner)
        said = {"pupil": aisha, "words": "I like maps", "said_on": today, "how": "said", "taken_by": owner.staff}
        voice, voice_withdrawn = (add_voice(**said, by=owner) for _ in range(2))
        withdraw_voice(voice=voice_withdrawn, by=owner)
        about_me = change_about(pupil=aisha, strengths="Maps", matters="", checked_on=today, version=0, by=owner)
        without_place = StaffMember.objects.create(**row, forename="Only", surname="Staff")
        return {
            "without_place": without_place.pk,
            "pupil": aisha.pk,
            "hidden": school.pupils["leon"].pk,
            "second": school.pupils["mei"].pk,
            "gone": school.pupils["gone"].pk,
            "file": file.pk,
            "file_removed": file_removed.pk,
            "note": note.pk,
            "about_me": about_me.pk,
            "voice": voice.pk,
            "voice_withdrawn": voice_withdrawn.pk,
            "note_withdrawn": note_withdrawn.pk,
            "event": Pupil.pgh_event_model.objects.filter(**row, pgh_obj_id=aisha.pk).first().pgh_id,
            "move": move.pk,
            "letter": letter.pk,
            "concern": concern.pk,
            "flag": flag.pk,
            "contact": contact.pk,
            "suspension": suspension.pk,
            "timetable": timetable.pk,
            "placement": placement.pk,
            "visit": visit.pk,
            "arrangement": arrangement.pk,
            "kind_row": kind_row.pk,
            "agency": agency.pk,
            "agency_choice": f"a{agency.pk}",
            "professional": professional.pk,
            "agency_tie": agency_tie.pk,
            "agency_contact": agency_contact.pk,
            "medical": medical.pk,
            "adjustment": adjustment.pk,
            "risk": risk.pk,
            "batch": batch.pk,
            "doubt": doubt.pk,
            "absent": absent.pk,
            "adult": PupilAdult.objects.get(pupil=aisha, part="ta").pk,
            "key_adult": PupilAdult.objects.get(pupil=aisha, part="key_adult").pk,
            "staff": school.teacher.staff_id,
            "member": school.teacher.pk,
            "year": year.pk,
            "starts": year.starts,
            "job": job.pk,
            "saved_view": view.pk,
            "operation": operation.pk,
            "message": message.pk,
            "mail": mail.pk,
            "invitation": invitation.pk,
            "provider": "microsoft",
            "request": asked.pk,
            "rule": "sen_file",
            "removal": removal.pk,
            "hold": hold.pk,
            "leaving": leaving.pk,
            "correction": correction.pk,
            "breach": breach.pk,
            "complaint": complaint.pk,
        }
