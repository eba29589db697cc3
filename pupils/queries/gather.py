"""The rows of many tables about one pupil, in one statement (sendhub.asking says why).

A page says what it is made of as {name: About(...)}; `gather` answers {name: [rows of that model]}. The rows are read
only: they are made from what the database says of them as JSON, and nothing else of theirs has been read.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db import models

from sendhub.asking import ask

MOST = 200  # rows of one table on one page
READERS = {models.DateField: date.fromisoformat, models.DateTimeField: datetime.fromisoformat}
# Who a row names, for `extra`: the name of the member of staff whose id is in a column.
STAFF_NAME = "(SELECT trim(s.forename || ' ' || s.surname) FROM staff_staffmember s WHERE s.id = t.{})"
# The same of somebody who may sign in.
MEMBER_NAME = (
    "(SELECT u.name FROM staff_membership m JOIN staff_user u ON u.id = m.user_id"
    " WHERE m.school_id = t.school_id AND m.id = t.{})"
)

HOLDS_ON = "t.starts_on <= %(day)s AND (t.ends_on IS NULL OR t.ends_on >= %(day)s)"  # for `where`


@dataclass(frozen=True)
class About:
    """Which rows of `model`: `where` and `order` are SQL of ours over its columns, as t; %(day)s is the page's day.

    `extra` names further columns, {attribute: SQL}: a row has them as attributes of those names, as JSON gives them.
    `whose` is the column that names the pupil.
    """

    model: type
    where: str = "true"
    order: str = "t.id"
    extra: dict = field(default_factory=dict)
    most: int = MOST
    whose: str = "pupil_id"

    @cached_property
    def sql(self):
        return f"{self.rows} ORDER BY {self.order} LIMIT {self.most}"

    @cached_property
    def rows(self):
        """The statement without its order."""
        columns = [f't."{each.column}"' for each in self.model._meta.concrete_fields]
        columns += [f"{sql} AS {name}" for name, sql in self.extra.items()]
        return f"SELECT {', '.join(columns)} {self.source}"

    @cached_property
    def source(self):
        return (
            f"FROM {self.model._meta.db_table} t WHERE t.school_id = %(school)s AND t.{self.whose} = %(pupil)s"
            f" AND ({self.where})"
        )

    @cached_property
    def readers(self):
        """[(column, what makes a value of its JSON)], for the columns of which JSON has no kind."""
        found = []
        for each in self.model._meta.concrete_fields:
            if isinstance(each, models.DecimalField):
                found.append((each.column, lambda value: Decimal(str(value))))
            elif type(each) in READERS:
                found.append((each.column, READERS[type(each)]))
        return found

    @cached_property
    def columns(self):
        return [each.attname for each in self.model._meta.concrete_fields]

    def made(self, row):
        """An instance of the model from a row as JSON."""
        for column, read in self.readers:
            if row[column] is not None:
                row[column] = read(row[column])
        made = self.model.from_db(None, self.columns, [row[name] for name in self.columns])
        for name in self.extra:
            setattr(made, name, row[name])
        return made


def gather(pupil, parts, day):
    """{name: rows} of `parts`, {name: About}, about this pupil as at `day`. One query, however many parts."""
    selects = {name: part.sql for name, part in parts.items()}
    found = ask(selects, school=pupil.school_id, pupil=pupil.pk, day=day)
    return {name: [parts[name].made(row) for row in rows] for name, rows in found.items()}
