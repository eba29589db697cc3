"""What the pages of an import say: kinds, fields, counts and titles in plain words. No queries."""

from datetime import date

from pupils.words import count_words, day_words, sentence_list

# One and many of what a file of this kind brings; "row" for a kind that has not been recognised.
NOUNS = {
    "pupils": ("pupil", "pupils"),
    "needs": ("pupil", "pupils"),
    "transfer": ("pupil", "pupils"),
    "attendance": ("pupil", "pupils"),
    "contacts": ("contact", "contacts"),
    "staff": ("member of staff", "members of staff"),
    "classes": ("place in a class", "places in classes"),
}
KINDS = {
    "pupils": "a list of pupils",
    "needs": "a list of SEN needs",
    "transfer": "a transfer file (CTF)",
    "attendance": "an attendance list",
    "contacts": "a list of contacts",
    "staff": "a list of staff",
    "classes": "a list of classes",
}
STATES = (
    ("in_doubt", "In doubt"),
    ("new", "New"),
    ("changed", "Changed"),
    ("unchanged", "Unchanged"),
    ("absent", "Absent"),
    ("failed", "Failed"),
)
TABS = ("new", "changed", "unchanged", "absent", "in_doubt", "failed")  # as they stand on the page
CIRCUMSTANCES = {"fsm", "fsm_ever6", "in_care", "pupil_premium"}
SEN = {"sen_status", "sen_need", "need_rank", "provision", "needs"}


def kind_words(kind):
    return KINDS.get(kind, "a file")


def noun(kind, number):
    """ "12 pupils", "1 place in a class"."""
    return count_words(number, *NOUNS.get(kind, ("row", "rows")))


def counted(counts, *states):
    """ "12 new, 3 changed": the states that have somebody, in the order of the page; "" for none."""
    words = {"in_doubt": "in doubt"}
    return ", ".join(f"{counts[state]:,} {words.get(state, state)}" for state in states or TABS if counts.get(state, 0))


def total(counts):
    """How many the file holds: whoever is here and not in it does not count."""
    return sum(counts.get(state, 0) for state in TABS if state != "absent")


def ready_title(kind, number, counts):
    """The state of a file that waits: "1,180 pupils: 12 new, 3 changed, 2 in doubt". `counts` are without the doubts
    that somebody has settled, `number` is of all."""
    said = counted(counts, "new", "changed", "in_doubt", "failed")
    return f"{noun(kind, number).capitalize()}: {said or 'nothing new'}"


def applied_title(kind, counts):
    """What happened: "12 pupils added, 3 changed"."""
    parts = [f"{noun(kind, counts['new'])} added"] if counts.get("new") else []
    if counts.get("changed"):
        parts.append(f"{counts['changed']:,} changed" if parts else f"{noun(kind, counts['changed'])} changed")
    return sentence_list(parts).capitalize() if parts else "Brought in: nothing had to change"


def button(kind, brings, leavers, numbers=0):
    """What the one filled button says; "" when pressing it would do nothing."""
    if brings:
        return f"Bring in {noun(kind, brings)}"
    if leavers:
        return f"Mark {count_words(leavers, 'leaver', 'leavers')}"
    return f"Keep the numbers of {noun(kind, numbers)}" if numbers else ""


def consequences(kind, counts, decided):
    """What pressing the button does and what it leaves, a sentence each. `decided` counts the decisions by name."""
    said = []
    for state, verb in (("new", "added"), ("changed", "changed")):
        if number := counts.get(state, 0):
            said.append(f"{noun(kind, number).capitalize()} {are(number)} {verb}.")
    for decision, words in (("same", "as the same"), ("new", "as somebody new")):
        if number := decided.get(decision, 0):
            said.append(f"{number:,} that {was(number)} in doubt {are(number)} brought in {words}.")
    if number := decided.get("left", 0):
        said.append(f"{count_words(number, 'pupil', 'pupils').capitalize()} {are(number)} marked as having left.")
    if number := decided.get("", 0):
        said.append(f"{number:,} in doubt {are(number)} left as {they(number)}.")
    if number := decided.get("leave", 0):
        said.append(f"{count_words(number, 'row', 'rows').capitalize()} {are(number)} left out, as decided.")
    if number := counts.get("failed", 0):
        said.append(
            f"{count_words(number, 'row', 'rows').capitalize()} can not be read and {are(number)} left out. You get "
            f"{'it' if number == 1 else 'them'} back as a file."
        )
    if number := counts.get("numbers", 0):
        said.append(
            f"The numbers that this system gives to {noun(kind, number)} are kept, so that its other lists find them."
        )
    if number := counts.get("absent", 0) - decided.get("left", 0):
        said.append(f"{noun(kind, number).capitalize()} here and not in the file: nothing happens to them.")
    return said


def choices_words(kind, choices):
    """How the file is taken, in one line."""
    if kind == "attendance":
        return f"Attendance up to {day_words(date.fromisoformat(choices['taken_on']))}."
    said = ["names as the file writes them" if choices.get("take_names") else "names keep their accents"]
    if kind == "pupils":
        said.insert(0, "the whole roll" if choices.get("whole_roll") else "not the whole roll")
    if kind != "transfer":
        said.append("blanks empty what we hold" if choices.get("take_blanks") else "blanks change nothing")
    line = ", ".join(said)
    return f"{line[0].upper()}{line[1:]}."


def are(number):
    return "is" if number == 1 else "are"


def was(number):
    return "was" if number == 1 else "were"


def they(number):
    return "it is" if number == 1 else "they are"
