"""What adults have written and children have said at Oakfield, so that notes and words are alive on the first day."""

from datetime import timedelta

from pupils.actions import add_note, add_voice, change_about, check_voice

HOMEWORK = (
    "Mum says homework takes two hours and ends in tears. We agreed: half of it, on coloured paper, for three weeks. "
    "She will ring on Mondays."
)
CALM = "Stays calm in Science when sitting by the door. Twice asked for the card without being reminded."
NOTES = (  # days ago, who, kind, the words, more
    (3, "Nair", "family", HOMEWORK, {"pinned": True}),
    (9, "Whitlock", "observation", "Read a whole page aloud to the group. First time this term.", {}),
    (16, "Oduya", "observation", CALM, {}),
    (24, "Hale", "professional", "The speech therapist sat in on English. Keep instructions to two steps.", {}),
    (31, "Osei", "phone", "Rang home about the trip. Wants to go, and to sit with a friend on the coach.", {}),
    (38, "Farrow", "meeting", "Met with the family. This is for those who need it.", {"restricted": True}),
)
SAID = (
    (5, "Oduya", "said", "I like it when you tell me before it changes. Not when it is changed already."),
    (40, "Nair", "helped", "I want to read the football page by myself."),
)
GOOD_AT, MATTERS = "Maps and how things fit together\nLooks after the younger ones", "Knowing what comes next\nFootball"


def write_words(register, members, today):
    """`register` is [(pupil, main need)]; the first pupil gets all of it, the next few a little."""
    pupils = [pupil for pupil, _ in register[:4]]
    for days, surname, kind, text, more in NOTES:
        on = today - timedelta(days=days)
        add_note(pupil=pupils[0], kind=kind, on=on, text=text, by=members[surname], **more)
    for days, surname, how, words in SAID:
        by = members[surname]
        on = today - timedelta(days=days)
        voice = add_voice(pupil=pupils[0], words=words, said_on=on, how=how, taken_by=by.staff, by=by)
    check_voice(voice=voice, on=today - timedelta(days=5), by=members["Oduya"])
    about = {"strengths": GOOD_AT, "matters": MATTERS, "checked_on": today - timedelta(days=5)}
    change_about(pupil=pupils[0], **about, version=0, by=members["Oduya"])
    for pupil in pupils[1:]:
        on = today - timedelta(days=12)
        add_note(
            pupil=pupil, kind="observation", on=on, text="Settled after break within five minutes.", by=members["Oduya"]
        )
