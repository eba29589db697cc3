"""History in words: what a verb means, what changed in a row, why someone could look. Reads nothing.

The names of people and of related rows are handed in by `sendhub.audit.queries`.
"""

import datetime as dt

VERBS = {
    "pupil.add": "added the pupil",
    "pupil.change": "changed the pupil's details",
    "pupil.leave": "marked the pupil as a leaver",
    "pupil.come_back": "marked the pupil as here again",
    "pupil.merge": "made one record of two",
    "double.reject": "said that two records are two pupils",
    "operation.begin": "did something to many records in one go",
    "operation.undo": "took back what was done in one go",
    "pupil.import": "brought in details from a file",
    "pupil.numbers_import": "kept the pupil's number in another system, from a file",
    "pupil.place": "changed the pupil's form or year",
    "pupil.first_line_change": "changed the first thing to know",
    "pupil.first_line_restore": "brought back an earlier first thing to know",
    "pupil.pointer_change": "changed the pointer to the safeguarding lead",
    "pupil.adult_link": "linked an adult to the pupil",
    "pupil.adult_end": "ended an adult's link to the pupil",
    "pupil.adults_link": "linked adults to pupils, many at once",
    "pupil.adults_end": "ended links of adults to pupils, many at once",
    "group.staff_link": "gave forms or years their adults",
    "group.staff_unlink": "ended what adults have with forms or years",
    "contact.add": "added a contact",
    "contact.change": "changed a contact",
    "contact.import": "brought in contacts from a file",
    "register.place": "changed the pupil's place on the register",
    "register.set_needs": "changed the pupil's needs",
    "register.import": "brought in the register from a file",
    "register.needs_import": "brought in needs from a file",
    "register.moves_import": "brought in a move on the register from a file",
    "register.propose": "noted that a file says another SEN provision",
    "suspension.add": "recorded a suspension",
    "suspension.change": "changed what is recorded of a suspension",
    "suspension.cancel": "recorded that the head took a suspension back",
    "suspension.withdraw": "withdrew a suspension recorded by mistake",
    "timetable.add": "recorded a reduced timetable",
    "timetable.change": "changed a reduced timetable",
    "timetable.end": "ended a reduced timetable",
    "timetable.withdraw": "withdrew a reduced timetable recorded by mistake",
    "placement.add": "recorded a place outside school",
    "placement.change": "changed a place outside school",
    "placement.end": "ended a place outside school",
    "placement.withdraw": "withdrew a place outside school recorded by mistake",
    "visit.add": "recorded a visit to a place outside school",
    "visit.change": "changed what a visit found",
    "visit.withdraw": "withdrew a visit recorded by mistake",
    "suspension.list": "saw who has been suspended",
    "timetable.list": "saw who is on a reduced timetable",
    "placement.list": "saw who learns somewhere else",
    "attendance.import": "brought in attendance from a file",
    "import.apply": "brought in a file",
    "register.move": "moved the pupil on the register",
    "register.move_many": "moved the pupil on the register",
    "register.moves": "moved the pupil on the register",
    "register.days": "put days on the register right",
    "census.check": "saw the pupil in the census check",
    "register.check": "looked at who would be moved",
    "note.add": "wrote a note",
    "note.attach": "added files to a note",
    "note.change": "revised a note",
    "note.pin": "moved a note to the top or back",
    "note.withdraw": "withdrew a note",
    "note.restore": "put a note back",
    "note.list": "opened the notes",
    "note.open": "opened a note",
    "note.show": "pressed Show on a restricted note",
    "note.versions": "looked at the earlier versions of a note",
    "voice.add": "wrote down what the pupil said",
    "voice.attach": "added pictures to what the pupil said",
    "voice.change": "put right what the pupil said",
    "voice.check": "noted that it is still true",
    "voice.withdraw": "withdrew what the pupil said",
    "voice.restore": "put back what the pupil said",
    "voice.list": "read what the pupil says",
    "about.change": "changed what the pupil is good at",
    "file.add": "added a file",
    "file.remove": "removed a file",
    "file.restore": "brought a file back",
    "file.tidy": "cleared away files that were removed",
    "file.open": "opened a file",
    "photo.open": "saw the photo",
    "photo.remove": "removed the photo",
    "flag.set": "set a flag beside the register",
    "flag.end": "ended a flag beside the register",
    "concern.raise": "raised a concern",
    "concern.move": "said what comes of a concern",
    "concern.withdraw": "took a concern back",
    "concern.match": "said whom a concern is about",
    "concern.list": "saw the pupil in a list of concerns",
    "concern.open": "read a concern",
    "proposal.set_aside": "set aside what a file proposed",
    "proposal.list": "saw what files propose",
    "family.tell": "recorded that the family was told",
    "family.letter_write": "wrote a letter to the family",
    "family.letter_print": "put a letter in the print queue",
    "family.letter_post": "marked a letter as posted",
    "family.letter_withdraw": "withdrew a letter to the family",
    "told.list": "saw which families are not known to be told",
    "letter.list": "saw the letters to families",
    "letter.open": "read a letter to the family",
    "letter.print": "printed letters to families",
    "group.pupils_add": "put the pupil in a class",
    "group.pupils_move": "changed the pupil's classes",
    "drill.record": "noted that a backup was restored as a test",
    "reading.tag": "put the pupil on their own list to get to know",
    "reading.untag": "took the pupil off their own list to get to know",
    "reading.read": "read the short page",
    "reading.unread": "marked the short page as not read",
    "medical.add": "noted a healthcare plan",
    "medical.change": "changed what is noted of a healthcare plan",
    "medical.review": "noted that a healthcare plan was looked at again",
    "medical.end": "changed until when a healthcare plan holds",
    "medical.open": "opened the healthcare plan’s page",
    "adjustment.add": "noted a reasonable adjustment",
    "adjustment.change": "changed a reasonable adjustment",
    "adjustment.confirm": "said that a reasonable adjustment is still needed",
    "adjustment.end": "changed until when a reasonable adjustment holds",
    "adjustment.open": "opened the reasonable adjustments",
    "risk.add": "made a risk plan",
    "risk.change": "changed a risk plan",
    "risk.end": "changed until when a risk plan holds",
    "risk.read": "noted that a risk plan was read",
    "risk.open": "opened the risk plans",
    "arrangement.add": "noted an access arrangement",
    "arrangement.change": "changed an access arrangement",
    "arrangement.end": "withdrew an access arrangement, or changed that",
    "arrangement.use": "said that an access arrangement is used in lessons",
    "arrangement.open": "opened the access arrangements",
    "support.list": "saw the pupil in a list of what supports pupils",
    "arrangement_kind.own": "made the list of arrangements the school’s own",
    "arrangement_kind.add": "added to the list of arrangements",
    "arrangement_kind.change": "changed the list of arrangements",
    "arrangement_kind.end": "changed until when an arrangement is offered",
    "agency.add": "added an agency",
    "agency.change": "changed an agency",
    "agency.end": "changed until when an agency is used",
    "professional.add": "added a professional",
    "professional.change": "changed a professional",
    "professional.end": "changed until when a professional is there",
    "agency_tie.add": "noted that an agency works with the pupil",
    "agency_tie.change": "changed what an agency works on",
    "agency_tie.end": "changed until when an agency works with the pupil",
    "agency_tie.open": "opened the agencies",
    "agency_contact.add": "noted a contact with an agency",
    "agency_contact.change": "changed a contact with an agency",
    "compliance.list": "saw the pupil behind one of the five lights",
    "pupil.open": "opened the record",
    "pupil.read": "opened the short page",
    "pupil.history": "looked at the history",
    "story.show": "looked at the story of the case",
    "story.make": "made a PDF of the story of the case",
    "pupil.timeline": "looked at the timeline",
    "pupil.page": "made the one-page PDF",
    "pupil.attendance": "looked at the attendance",
    "pupil.suspensions": "looked at the suspensions",
    "pupil.timetables": "looked at the reduced timetables",
    "pupil.placements": "looked at the places outside school",
    "pupil.contacts": "looked at the contacts",
    "pupil.list": "saw the pupil in a list",
    "pupil.export": "downloaded the pupil in a list",
    "pupil.corrections": "looked at what the family says is wrong",
    "correction.add": "wrote down what the family says is wrong",
    "correction.change": "changed what is decided about something disputed",
    "restriction.set": "restricted the use of the record",
    "restriction.lift": "lifted the restriction of the record",
    "hold.set": "put a legal hold on the record",
    "hold.lift": "lifted the legal hold of the record",
    "removal.propose": "said that the record may go",
    "removal.approve": "said too that the record may go",
    "removal.withdraw": "said that the record stays",
    "retention.set": "changed how long records are kept",
    "keep.list": "saw the pupil among the records to keep or remove",
    "keep.open": "looked at what would go with the record",
    "record.purge": "removed the record",
    "leaving.choose": "chose what goes to the next school",
    "leaving.send": "marked the file for the next school as sent",
    "leaving.make": "made the file for the next school",
    "leaving.list": "saw the pupil in the list of leavers",
    "leaving.open": "looked at what could go to the next school",
    "request.add": "wrote down a request for the child's data",
    "request.change": "changed the days of a request for data",
    "request.tick": "decided what of the child's data is given",
    "request.archive": "made the archive of the child's data",
    "request.open": "opened a request for the child's data",
    "request.review": "looked through the child's data before it was given",
    "request.list": "saw the pupil in the list of requests",
    "request.find": "found the pupil to write down a request",
    "breach.add": "wrote down a breach",
    "breach.change": "changed what is known of a breach",
    "complaint.add": "wrote down a complaint about data",
    "complaint.change": "changed what is known of a complaint about data",
}
LABELS = {"insert": "Added", "update": "Changed", "delete": "Taken away"}
COLUMNS = {  # where a column's own name would not do
    "after": "On the register, after",
    "before": "On the register, before",
    "born_on": "Date of birth",
    "code": "Type of need, code",
    "ends_on": "Last day",
    "joined_on": "First day here",
    "left_on": "Last day here",
    "on": "First day",
    "on_known": "The first day is known",
    "start_known": "The first day is known",
    "starts_on": "From",
    "told": "Family told",
    "told_by": "Told by",
    "told_how": "Told how",
    "told_on": "Told on",
    "year_code": "Year",
}
PLUMBING = {"id", "school", "pupil", "version", "sort_name", "year_sort", "source"}
PLUMBING |= {"move", "plan", "arrangement", "tie"}  # which row a row belongs to


def verb_words(verb):
    """What someone did, to follow their name; a verb that is not in the table is spelled out."""
    return VERBS.get(verb, f"did this: {verb.replace('.', ' ').replace('_', ' ')}" if verb else "made a change")


def why_words(why):
    """ "You teach 9C/En" as told to a third person: "Teaches 9C/En"."""
    return ". ".join(_third_person(part) for part in why.split(". ")) if why else ""


def _third_person(sentence):
    for said, told in (
        ("You teach ", "Teaches "),
        ("You are ", "Is "),
        ("You lead ", "Leads "),
        ("You work ", "Works "),
    ):
        if sentence.startswith(said):
            return told + sentence[len(said) :].replace("has let you", "has let them")
    return sentence.replace("You support ", "Supports ", 1) if sentence.startswith("You support ") else sentence


def value_words(field, value, names):
    """A column's value as a person reads it. `names` holds the names of related rows by (model label, id)."""
    if value is None or value == "":
        return "nothing"
    if field.is_relation:
        return names.get((field.related_model._meta.label, value), "someone or something that has gone")
    if field.choices:
        return dict(field.flatchoices).get(value, str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    return f"“{value}”" if isinstance(value, str) else str(value)


def differences(model, before, after, names, hidden=frozenset()):
    """[(what, old, new)] of two event rows of `model`; `before` is None for a row that was added.

    `hidden` names columns that this reader may not know: they are told that something changed, not what.
    """
    found = []
    for field in model._meta.concrete_fields:
        if field.name in PLUMBING:
            continue
        old, new = (getattr(row, field.attname) if row else None for row in (before, after))
        if old == new or (before is None and new in (None, "", False)):
            continue
        if field.name in hidden:
            found.append(("Something you may not see", "", ""))
            continue
        what = COLUMNS.get(field.name, str(field.verbose_name))
        found.append((what[:1].upper() + what[1:], value_words(field, old, names), value_words(field, new, names)))
    return found
