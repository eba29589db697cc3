"""The rows of Today's tasks, written in one go (see pupils.templatetags.pupil_rows)."""

from django import template

from sendhub.many import PRIMARY, filled
from sendhub.templatetags.sendhub import icon

register = template.Library()

ROW = (
    '<li><span class="mark {mark}">{icon}</span><div><p class="what"><a href="{url}">{what}</a></p>'
    '<p class="why">{why}</p><p class="why"><b>{force}.</b> {rule}.</p></div>'
    '<a class="btn{primary}" href="{url}">{verb}<span class="visually-hidden">: {what}</span></a></li>\n'
)


@register.simple_tag
def task_rows(lines, primary):
    """`lines` are those of sendhub.desk.task; the first one's button is the page's filled one if `primary`."""
    return filled(ROW, [row(line, primary and line is lines[0]) for line in lines])


def row(line, primary):
    return {
        "mark": line.mark,
        "icon": icon(line.icon, 22),
        "url": line.url,
        "what": line.what,
        "why": line.why,
        "force": line.force,
        "rule": line.rule[:1].upper() + line.rule[1:],
        "primary": PRIMARY[primary],
        "verb": line.verb,
    }
