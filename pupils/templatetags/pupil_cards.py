"""The cards of a pupil's record, written in one go: the record is opened all day (see pupil_rows)."""

from django import template

from sendhub.many import filled
from sendhub.templatetags.sendhub import tag

register = template.Library()

CARD = (
    '<section class="card" id="card-{name}" aria-labelledby="card-{name}-h"><div class="head split">'
    '<h2 id="card-{name}-h">{title}</h2><a href="{href}">{more}</a></div>\n'
    '<ul class="plainlist">{lines}</ul></section>\n'
)
LINE = "<li>{what}{under}</li>\n"
WHAT = {
    (False, False): "<b>{words}</b>",
    (False, True): '<div class="line"><b>{words}</b>{mark}</div>',
    (True, False): '<a href="{href}"><b>{words}</b></a>',
    (True, True): '<div class="line"><a href="{href}"><b>{words}</b></a>{mark}</div>',
}
UNDER, REST = '<p class="sub">{words}</p>', '<li><p class="sub">And {rest} more.</p></li>'


@register.simple_tag
def pupil_cards(cards):
    """`cards` are those of pupils.cards."""
    return filled(CARD, map(drawn, cards))


def drawn(card):
    lines = filled(LINE, map(line, card.lines)) if card.lines else filled(f"<li>{UNDER}</li>", [{"words": card.empty}])
    left = card.total - len(card.lines)
    if left > 0:
        lines += filled(REST, [{"rest": left}])
    return {"name": card.name, "title": card.title, "href": card.href, "more": card.more, "lines": lines}


def line(each):
    what = WHAT[bool(each.href), bool(each.mark)]
    mark = tag(each.mark, each.mark_words) if each.mark else ""
    return {
        "what": filled(what, [{"words": each.what, "mark": mark, "href": each.href}]),
        "under": filled(UNDER, [{"words": each.sub}]) if each.sub else "",
    }
