"""Rows of Today that a noun brings: one module a noun, for whoever has something to do about it (a SENDCO's overdue
plan, a tutor's concern, a teacher's page to read).

A module has asks(member, roles, day) -> {name: SELECT} of what this member could act on or know of ({} for nobody),
and tasks(found, member, day) -> [Task], plain Python. What all of them ask is asked in one statement (sendhub.asking),
with %(school)s, %(day)s, %(member)s and %(staff)s: Today is opened all day, so a module makes no query of its own.
Counts and days come out, and no names. To add one, write its module and put it in NOUNS.
"""

from sendhub.asking import ask
from sendhub.desk.todo import away, backups, concerns, rights, support

NOUNS = (away, concerns, support, rights, backups)


def todo_asked(member, roles, day, more, **params):
    """(the tasks of every module in their order, what `more` answers): `more` is {name: SELECT} of the page's own,
    asked in the same statement. One query, or none where nobody asks."""
    asked = [(module, module.asks(member, roles, day)) for module in NOUNS]
    parts = {name: select for _, asks in asked for name, select in asks.items()} | more
    found = ask(parts, school=member.school_id, day=day, member=member.pk, staff=member.staff_id, **params)
    tasks = [task for module, asks in asked if asks for task in module.tasks(found, member, day)]
    return tasks, {name: found[name] for name in more}
