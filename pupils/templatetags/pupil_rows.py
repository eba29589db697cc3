"""The rows of the list of pupils, written in one go: a template's loop costs four times as much, and this list is
opened all day (measured, 50 to 250 rows). Everything else about the list is in its template."""

from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

PICK = '<td role="cell" class="pick"><input type="checkbox" name="ids" value="{pk}" aria-label="Choose {name}"></td>'
NAME = '<th scope="row" role="rowheader"><a href="{href}">{name}</a>{line}</th><td role="cell">{form}</td>'
SEN = (
    '<td role="cell" class="nowrap">{provision}</td><td role="cell" class="nowrap" data-label="Since">{since}</td>'
    '<td role="cell">{needs}</td>'
)
LINE = '<div class="small soft">{}</div>'


@register.simple_tag
def pupil_rows(rows, picks, sen):
    """`rows` are those of pupils.queries.rows_of; `picks` adds the tick boxes, `sen` the columns of the register."""
    row_html = f'<tr role="row">{PICK if picks else ""}{NAME}{SEN if sen else ""}</tr>\n'
    return mark_safe("".join(row_html.format_map(escaped(row)) for row in rows))  # noqa: S308  each value is escaped


def escaped(row):
    """Each value as HTML text, and the first line in its own element. The standard library's `escape`, which Django's
    is made of: the layers round it cost more than the row."""
    safe = {name: escape(str(value)) for name, value in row.items()}
    safe["line"] = LINE.format(safe["first_line"]) if safe.get("first_line") else ""
    return safe
