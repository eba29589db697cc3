"""The rows of the list of pupils, written in one go: a template's loop costs four times as much, and this list is
opened all day (measured, 50 to 250 rows). Everything else about the list is in its template."""

from django import template
from django.utils.html import format_html

from pupils.models import PupilFlag
from sendhub.many import filled
from sendhub.templatetags.sendhub import icon

register = template.Library()

PICK = '<td role="cell" class="pick"><input type="checkbox" name="ids" value="{pk}" aria-label="Choose {name}"></td>'
NAME = '<th scope="row" role="rowheader"><a href="{href}">{name}</a>{under}</th><td role="cell">{form}</td>'
SEN = (
    '<td role="cell" class="nowrap">{provision}{beside}</td>'
    '<td role="cell" class="nowrap" data-label="Since">{since}</td>'
    '<td role="cell">{needs}</td><td role="cell" data-label="Key adult">{adults}</td>'
)
HERE = '<td role="cell" class="num nowrap" data-label="Attendance">{here}</td>'
LINE, LEFT = '<div class="small soft">{words}</div>', ' <span class="tag">Left {words}</span>'
FLAGS = {kind: format_html('<br><span class="tag">{}</span>', label) for kind, label in PupilFlag.Kind.choices}


HEAD = '<th scope="col" role="columnheader"{aria}>{inside}</th>'
ARIA, LINK = ' aria-sort="{aria}"', '<a href="{url}">{label}{mark}</a>'
MARKS = {"ascending": "arrow-down", "descending": "arrow-up"}


@register.simple_tag
def pupil_heads(columns):
    """The heads of the list: `columns` are those of pupils.views.lists."""
    return filled(HEAD, map(head, columns))


def head(column):
    inside, aria = column["label"], column["aria"]
    if column["url"]:
        mark = filled(" {icon}", [{"icon": icon(MARKS[aria], 14)}]) if aria else ""
        inside = filled(LINK, [{**column, "mark": mark}])
    return {"inside": inside, "aria": filled(ARIA, [column]) if aria else ""}


@register.simple_tag
def pupil_rows(rows, picks, sen, here):
    """`rows` are those of pupils.queries.rows_of; `picks` adds the tick boxes, `sen` the columns of the register and
    `here` that of attendance."""
    cells = [PICK if picks else "", NAME, SEN if sen else "", HERE if here else ""]
    return filled(f'<tr role="row">{"".join(cells)}</tr>\n', map(drawn, rows))


def drawn(row):
    """The row with what stands under its name and beside its provision as HTML."""
    left, line, flags = row["left"], row.get("first_line"), row.get("flags")
    parts = [filled(LEFT, [{"words": left}])] if left else []
    parts += [filled(LINE, [{"words": line}])] if line else []
    beside = [FLAGS[kind] for kind in flags or ()]
    return {**row, "under": whole(parts), "beside": whole(beside)}


def whole(parts):
    return filled("{part}", [{"part": part} for part in parts]) if parts else ""
