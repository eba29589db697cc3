"""The words of the letters to families about a move on the register, to be changed by whoever writes one.

Short sentences for a reader of nine to eleven years (a test works it out). [name] and [day] are filled in when the
letter is written: the child's name as spoken, and the first day of what changes. Paper only: see pupils.emails.
"""

from pupils.words import day_words
from sendhub.rules.provisions import provision
from sendhub.rules.register_moves import Kind

NAME, DAY = "[name]", "[day]"
MOST = 4000  # letters and spaces

CLOSE = """
You know [name] best. Please tell us what you think. Ring the school and ask for {sender}.

You can also get free advice from people who do not work for the school. Ask us who does this near you.

Yours sincerely,
{sender}
{school}"""

WORDS = {
    Kind.SUPPORT_STARTS: """
From [day], [name] gets extra help at school. We call this help SEN Support. SEN means special educational needs.

We do this because [name] needs more help to learn than most children of the same age. It is not a punishment. [name]
has done nothing wrong.

This is what we do. We find out what is hard. We plan the help with you and with [name]. We give the help. Then we look
at how well it works. We will meet you at least {meetings} times a year to talk about it.
""",
    Kind.SUPPORT_ENDS: """
Up to now, [name] had extra help at school. We call this help SEN Support. From [day], [name] no longer needs it.

We have looked at how [name] learns now. Good teaching in class is enough. The class teachers know what has helped, and
they will go on with it.

We will keep an eye on how things go. If learning gets hard again, the extra help can start again.
""",
    Kind.PLAN_STARTS: """
The council has made a plan for [name]. It is called an EHC plan. It starts on [day]. The letters stand for education,
health and care.

The plan says what [name] needs. It says who must give the help, and how much of it. The council has to make sure that
the help is there. At school, we will do our part.

The council sends you the plan. Once a year, or more often, we will sit down with you and [name] and look at it again.
""",
    Kind.PLAN_ENDS: """
The council has said that the EHC plan for [name] ends on [day]. The council has sent you a letter about this. It tells
you what you can do if you do not agree.

The school still looks after [name]. We would like to meet you soon. We will talk about what help [name] still needs and
what we can do.
""",
}


def standard(kind, *, sender, school, on):
    """The letter for a kind of move as it stands in the box; `on` picks the law's number of meetings."""
    meetings = provision("sen_support_meetings", on).value
    body = "\n\n".join(" ".join(paragraph.split()) for paragraph in WORDS[kind].strip().split("\n\n"))
    return (body + "\n" + CLOSE).format(sender=sender, school=school, meetings=meetings)


def fill(text, pupil, on):
    """The letter about this pupil."""
    return text.replace(NAME, pupil.forename).replace(DAY, day_words(on))
