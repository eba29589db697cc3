"""What the register's pages and refusals say, in plain words: moves, problems, how a family was told. No queries."""

from pupils.models.moves import RegisterMove
from pupils.words import PROVISIONS, day_words
from sendhub.rules.register_moves import NONE, PLAN, SUPPORT, Kind, Problem

Told, How = RegisterMove.Told, RegisterMove.How

STATES = {NONE: PROVISIONS[None], SUPPORT: PROVISIONS[SUPPORT], PLAN: PROVISIONS[PLAN]}
# "Put Maya on to SEN Support": verb, then where; the same for "12 pupils on to SEN Support".
WHERE = {SUPPORT: "on to SEN Support", PLAN: "on to an EHC plan", NONE: "off the register"}
VERBS = {SUPPORT: "Put", PLAN: "Put", NONE: "Take"}
LETTER_TITLES = {
    Kind.SUPPORT_STARTS: "SEN Support starts",
    Kind.SUPPORT_ENDS: "SEN Support ends",
    Kind.PLAN_STARTS: "An EHC plan starts",
    Kind.PLAN_ENDS: "The EHC plan ends",
}
HOW_WORDS = {How.MEETING: "at a meeting", How.PHONE: "by phone", How.LETTER: "by letter", How.EMAIL: "by e-mail"}

# field of the form, and the sentence. {now} is what holds, {since} its first day.
PROBLEMS = {
    Problem.SAME: ("after", "This is what the register says already. Choose something else."),
    Problem.UNKNOWN: ("after", "Choose SEN Support, an EHC plan, or off the register."),
    Problem.FUTURE: ("on", "This day has not come yet. Save the move on the day itself."),
    Problem.TOO_EARLY: (
        "on",
        "“{now}” began on {since}, so a move can not be on that day or before it. Choose a later day. If {since} is"
        " wrong, undo the move that set it, then save both again.",
    ),
    Problem.NO_REASON: ("reason", "Say why in a few words."),
    Problem.NO_COUNCIL_DATE: (
        "council_on",
        "Only the council starts and ends an EHC plan. Give the date in its letter; without one, wait for it.",
    ),
    Problem.OTHER_COUNCIL_DATE: ("council_on", "The day of this move is the council's date. Give one day for both."),
    Problem.COUNCIL_DATE_WITHOUT_PLAN: ("council_on", "The council decides on EHC plans only. Leave its date empty."),
    Problem.NOT_TOLD: (
        "tell",
        "Say when, how and by whom the family was told, or write them a letter. A move is not saved without.",
    ),
    Problem.TOLD_IN_FUTURE: ("told_on", "This day has not come yet. Give the day on which the family was told."),
}


def problem_words(problem, standing=None):
    """(field, sentence) of a problem, with what holds now filled in."""
    field, words = PROBLEMS[problem]
    if standing is not None and standing.since is not None:
        words = words.format(now=STATES[standing.provision], since=day_words(standing.since))
    return field, words


def told_words(move, today=None, by=None):
    """ "Family told on 12 October, at a meeting, by Priya Nair."; what is not known says so. `by`: the teller's name,
    where it has been read with the move."""
    if move.told == Told.TOLD:
        how = HOW_WORDS[How(move.told_how)]
        return f"Family told on {day_words(move.told_on, today)}, {how}, by {by or move.told_by.name}."
    if move.told == Told.LETTER:
        return "A letter to the family is on its way. Nobody has told them yet."
    return "Cannot tell whether the family was told."


def begins(move, today=None):
    """ "SEN Support from 3 September.", "Off the register from 1 June."; honest where the day is not known."""
    words = STATES[move.after] if move.after != NONE else "Off the register"
    day = day_words(move.on, today)
    if not move.on_known:
        return f"{words}, first seen in a file of {day}."
    council = ", the council’s date" if move.council_on else ""
    before = ", at the school before" if move.source == RegisterMove.Source.TRANSFER else ""
    return f"{words} from {day}{council}{before}."
