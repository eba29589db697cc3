"""The rows of the list of pupils, written in one go: a template's loop costs four times as much, and this list is
opened all day (measured, 50 to 250 rows). Everything else about the list is in its template."""

from django import template

from sendhub.many import filled

register = template.Library()

PICK = '<td role="cell" class="pick"><input type="checkbox" name="ids" value="{pk}" aria-label="Choose {name}"></td>'
NAME = '<th scope="row" role="rowheader"><a href="{href}">{name}</a>{line}</th><td role="cell">{form}</td>'
SEN = (
    '<td role="cell" class="nowrap">{provision}</td><td role="cell" class="nowrap" data-label="Since">{since}</td>'
    '<td role="cell">{needs}</td>'
)
LINE = '<div class="small soft">{first_line}</div>'


@register.simple_tag
def pupil_rows(rows, picks, sen):
    """`rows` are those of pupils.queries.rows_of; `picks` adds the tick boxes, `sen` the columns of the register."""
    row_html = f'<tr role="row">{PICK if picks else ""}{NAME}{SEN if sen else ""}</tr>\n'
    return filled(row_html, ({**row, "line": first_line(row)} for row in rows))


def first_line(row):
    return filled(LINE, [row]) if row.get("first_line") else ""
