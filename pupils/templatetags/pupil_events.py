"""The events of a timeline, written in one go: fifty of them, on a page that is opened all day (see pupil_rows)."""

from django import template

from sendhub.many import filled

register = template.Library()

EVENT = (
    '<li><time datetime="{iso}">{day}</time><div><div class="line">{what}<span class="small soft">{kind}</span></div>'
    "{under}</div></li>\n"
)
LINKED, PLAIN, UNDER = '<a href="{href}">{what}</a>', "<span>{what}</span>", '<p class="sub">{words}</p>'


@register.simple_tag
def pupil_events(lines):
    """`lines` are TimelineLines."""
    return filled(EVENT, map(drawn, lines))


def drawn(line):
    return {
        "iso": line.on.isoformat(),
        "day": line.day,
        "what": filled(LINKED if line.href else PLAIN, [{"what": line.what, "href": line.href}]),
        "kind": line.kind_words,
        "under": filled(UNDER, [{"words": line.sub}]) if line.sub else "",
    }
