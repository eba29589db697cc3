"""docs/permissions.md, made from the tables in access.py. A test holds the page equal to what this gives."""

from sendhub.access import PERMISSION_WORDS, ROLES, TRUST_GRANTED, Permission, RoleRow, Scope

SCOPE_WORDS = {
    Scope.NONE: "nobody: counts only",
    Scope.LINKED: "those they teach, lead, or are linked to, by dates",
    Scope.ALL: "every pupil of the school",
}

OPENING = """# Who may do what

Made from `sendhub/access.py` by `make manage ARGS=permissions`; do not edit it here.

Two questions decide what someone sees: what may they do (the columns), and about which pupils (the scope). Someone
with two roles has both, each as far as it reaches: what teaching allows for one's own classes does not spread to the
pupils whom the office lists. "Linked" is a dated relation: a class, form or year that they teach or lead in a school
year that the school has opened, being a pupil's key adult, or being tied to a pupil as teaching assistant. What lies
outside, a page of another school included, answers as if it did not exist.
"""


def page() -> str:
    """The whole page as Markdown text."""
    rows = [*ROLES.values(), RoleRow(f"{TRUST_GRANTED.title} (granted)", *_granted())]
    lines = [OPENING, "## Roles", "", "| Role | About which pupils | In words |", "| --- | --- | --- |"]
    lines += [f"| {row.title} | {SCOPE_WORDS[row.scope]} | {row.words} |" for row in rows]
    lines += ["", "## Permissions", "", f"| Permission | {' | '.join(row.title for row in rows)} |"]
    lines.append("| --- |" + " :-: |" * len(rows))
    for permission in Permission:
        ticks = " | ".join("yes" if permission in row.permissions else "" for row in rows)
        lines.append(f"| {PERMISSION_WORDS[permission]} | {ticks} |")
    return "\n".join(lines) + "\n"


def _granted():
    return TRUST_GRANTED.scope, TRUST_GRANTED.permissions, TRUST_GRANTED.words
