"""The ids that the sweep puts into addresses and forms: one that the caller may see, and ones that they may not."""

import re

from sendhub.access import Scope
from sendhub.tenancy import school_context


class Stage:
    """The cast with one of each noun that an address can be about, in each school."""

    def __init__(self, cast):
        self.cast = cast
        self.rows = {slug: self.one_of_each(getattr(cast, slug)) for slug in ("oakfield", "hillside", "brook")}

    def one_of_each(self, school):
        with school_context(school.school.pk):
            return {
                "pupil": school.pupils["aisha"].pk,
                "hidden": school.pupils["leon"].pk,
                "staff": school.ta.staff_id,
                "member": school.teacher.pk,
                "school": school.school.slug,
            }

    def marker(self, slug):
        """Text that only this school's pages hold."""
        return {"brook": b"@brook.example.org", "oakfield": b"@oakfield.example.org"}[slug]

    def variants(self, about, member):
        """(which ids, whether the member sees that row), for the path."""
        if not about:
            return [("", True)]
        if about == "pupil":
            everyone = member.scope == Scope.ALL
            linked = member.scope == Scope.LINKED
            return [("own", everyone or linked), ("hidden", everyone), ("foreign", False), ("never", False)]
        return [("own", True), ("foreign", False), ("never", False)]

    def path(self, slug, address, ids):
        """The address under /s/<slug>/ with its ids filled in."""
        rows = self.rows["brook" if ids == "foreign" else slug if slug in self.rows else "oakfield"]

        def value(match):
            noun = self.noun(address.name)
            if ids == "never":
                return "999999999"
            return str(rows["hidden" if ids == "hidden" else noun])

        return f"/s/{slug}/" + re.sub(r"<(?:\w+:)?\w+>", value, address.route)

    def noun(self, name):
        from tests.access.table import SCHOOL

        return SCHOOL[name].about

    def fill(self, template, slug):
        """`?member={member}` with this school's ids."""
        return template.format(**self.rows[slug]) if template else ""
