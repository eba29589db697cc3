"""What happened to a pupil, newest first: two statements over every noun (pupils.happened), however many there are.

The first finds the days of all events and counts them by kind and school year; the second reads the rows of those on
the page, and asks only the tables that they are in.
"""

from dataclasses import dataclass
from datetime import date

from pupils.happened import KIND_WORDS, Kind, happenings_for
from pupils.words import day_words
from sendhub.asking import planned_once
from sendhub.rules.school_calendar import academic_year_name

SIZE = 50
MOST = 2_000  # events in a story
ALWAYS, EVER = date(1900, 1, 1), date(9999, 12, 31)

STATEMENT = """
WITH found AS MATERIALIZED ({found}),
past AS (SELECT * FROM found WHERE day <= %(day)s),
chosen AS (SELECT * FROM past WHERE day BETWEEN %(since)s AND %(until)s
           AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))),
page AS (SELECT * FROM chosen ORDER BY day DESC, place, id DESC LIMIT %(most)s OFFSET %(skip)s)
SELECT (SELECT coalesce(json_agg(json_build_array(day, name, id) ORDER BY day DESC, place, id DESC), '[]') FROM page),
       (SELECT count(*) FROM chosen),
       (SELECT coalesce(json_object_agg(kind, number), '{{}}') FROM (
            SELECT kind, count(*) AS number FROM past WHERE day BETWEEN %(since)s AND %(until)s GROUP BY kind) k),
       (SELECT coalesce(json_agg(DISTINCT extract(year FROM day - interval '8 months')::int), '[]') FROM past)
"""

TABLE = """
SELECT e.name, e.kind, e.place, e.day, {key} AS id
FROM {table} t CROSS JOIN LATERAL (VALUES {days}) e (name, kind, place, day)
WHERE t.school_id = %(school)s AND t.{whose} = %(pupil)s AND e.day IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class TimelineLine:
    on: date
    kind: Kind
    what: str
    sub: str
    href: str
    source: str  # the name of the happening

    @property
    def kind_words(self):
        return KIND_WORDS[self.kind]

    @property
    def day(self):
        return day_words(self.on)


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it. `kinds` [(kind, words, how many)] and `years` [(first year, words)] are those that have some."""

    lines: list
    total: int
    kinds: list
    years: list


def timeline_of(member, pupil, day, *, kinds=None, year=None, skip=0, most=SIZE, since=None):
    """The events until `day`, of `kinds` (all) and of the school year that began in `year` (all). Two queries."""
    happenings = happenings_for(member)
    since = since or (date(year, 9, 1) if year else ALWAYS)
    values = {
        "school": pupil.school_id,
        "pupil": pupil.pk,
        "day": day,
        "since": since,
        "until": date(year + 1, 8, 31) if year else EVER,
        "kinds": [str(kind) for kind in kinds] if kinds else None,
        "skip": skip,
        "most": most,
    }
    with planned_once() as cursor:
        cursor.execute(statement(happenings, member), values)
        refs, total, counts, years = cursor.fetchone()
    made = rows_of(happenings, refs, pupil, day)
    lines = [line(happenings, made, ref, member, day) for ref in refs]
    return Timeline(
        lines,
        total,
        [(kind, words, counts[kind]) for kind, words in KIND_WORDS.items() if kind in counts],
        [(first, academic_year_name(first)) for first in sorted(years, reverse=True)],
    )


def statement(happenings, member):
    """Only words of ours are put in; what a reader sends comes as parameters. A table is read once, however many events
    its rows are: the planning of each reading costs more than its rows."""
    tables, found = {}, []
    for place, (name, (kind, each)) in enumerate(happenings.items()):
        key = f't."{each.about.model._meta.pk.column}"'
        if each.once_a_day:
            head = f"SELECT '{name}' AS name, '{kind}' AS kind, {place} AS place, {each.on} AS day, max({key}) AS id"
            found.append(f"{head} {each.about.source}{each.where(member)} AND {each.on} IS NOT NULL GROUP BY 4")
        else:
            day = f"CASE WHEN ({each.about.where}){each.where(member)} THEN {each.on} END"
            table = each.about.model._meta.db_table, each.about.whose, key
            tables.setdefault(table, []).append(f"('{name}', '{kind}', {place}, {day})")
    found += [TABLE.format(table=t, whose=whose, key=key, days=", ".join(d)) for (t, whose, key), d in tables.items()]
    return STATEMENT.format(found=" UNION ALL ".join(found))


def rows_of(happenings, refs, pupil, day):
    """{(name, id): row} of the events `refs`. One query, none where there are none."""
    ids = {}
    for _, name, pk in refs:
        ids.setdefault(name, []).append(pk)
    if not ids:
        return {}
    values = {"school": pupil.school_id, "pupil": pupil.pk, "day": day}
    parts = []
    for number, (name, wanted) in enumerate(ids.items()):
        about = happenings[name][1].about
        one = f'{about.rows} AND t."{about.model._meta.pk.column}" = ANY(%(ids{number})s)'
        parts.append(f"(SELECT json_agg(f) FROM ({one}) f)")  # noqa: S608  words of ours only
        values[f"ids{number}"] = wanted
    with planned_once() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        answer = cursor.fetchone()
    made = {}
    for name, rows in zip(ids, answer, strict=True):
        for row in rows:
            one = happenings[name][1].about.made(row)
            made[name, one.pk] = one
    return made


def line(happenings, made, ref, member, day):
    on, name, pk = ref
    kind, each = happenings[name]
    said = each.said(made[name, pk], member, day)
    return TimelineLine(date.fromisoformat(on), kind, said.what, said.sub, said.href, name)
