"""The few tags that all screens use: icons, status words, the due chip, meters, dates in plain words, links outside.

Loaded into every template (settings.TEMPLATES builtins). Parts that need a template are in templates/components/.
"""

import functools
import re
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from lucide.templatetags.lucide import lucide

from sendhub.many import filled
from sendhub.outside import outside as outside_url

register = template.Library()

MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SOON = 14  # days: a due date inside two weeks is amber

# What a status is called and drawn with. "Cannot tell" is never green.
STATUSES = {
    "met": ("ok", "Met"),
    "not_met": ("late", "Not met"),
    "not_applicable": ("plain", "Does not apply"),
    "cannot_tell": ("unsure", "Cannot tell yet"),
}
KIND_ICONS = {
    "late": "triangle-alert",
    "due": "clock",
    "ok": "check",
    "unsure": "circle-question-mark",
}


# In what a browser says of itself, the sign and what people call it; one that imitates another stands before it.
BROWSERS = [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
            ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")]  # fmt: skip
SYSTEMS = [("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "a Chromebook"),
           ("Windows", "Windows"), ("Macintosh", "a Mac"), ("Linux", "Linux")]  # fmt: skip


# --- icons -------------------------------------------------------------------------------------------------------
@functools.cache
def _svg(name, size, css):
    attrs = {"aria_hidden": "true", "focusable": "false"}
    if css:
        attrs["class"] = css
    return mark_safe(re.sub(r"\s+", " ", lucide(name, size=size, **attrs)).replace("> <", "><"))  # noqa: S308


@register.simple_tag
def icon(name, size=18, css=""):
    """A Lucide icon, drawn inline. Hidden from screen readers: a word stands beside it. Names come from templates."""
    return _svg(str(name), size, str(css))


@functools.cache
def _sprite():
    symbols = [
        re.sub(
            r'^<svg width="\d+" height="\d+" (.*) aria-hidden.*?>(.*)</svg>$',
            rf'<symbol id="i-{name}" \1>\2</symbol>',
            _svg(name, 24, ""),
        )
        for name in sorted(KIND_ICONS.values())
    ]
    return mark_safe(f"<svg hidden>{''.join(symbols)}</svg>")  # noqa: S308


@register.simple_tag
def sprite():
    """The status icons, once a page: a row then costs one <use>."""
    return _sprite()


@register.simple_tag
@functools.cache
def asset(path):
    """The address of a static file: {% asset 'css/parts.css' %}. As {% static %}, but looked up once a process."""
    return static(path)


# --- status ------------------------------------------------------------------------------------------------------
def chip(kind, word):
    """A status word with its icon. `kind` is late, due, ok, info, unsure or plain.

    info and plain name a thing (EHC plan), not a state, and have no icon."""
    drawn = KIND_ICONS.get(kind)
    mark = (
        f'<svg width="15" height="15" aria-hidden="true" focusable="false"><use href="#i-{drawn}"/></svg> '
        if drawn
        else ""
    )
    return mark_safe(f'<span class="tag {conditional_escape(kind)}">{mark}{conditional_escape(word)}</span>')  # noqa: S308


@register.simple_tag
def tag(kind, word):
    return chip(kind, word)


@register.simple_tag
def status(value, word=""):
    """One of the four values of compliance (rules.deadline), as a chip; `word` says it in the page's own words."""
    key = str(getattr(value, "value", value)).lower().replace(" ", "_")
    kind, usual = STATUSES[key]
    return chip(kind, word or usual)


@register.simple_tag
def due(on, done=False, today=None):
    """The chip beside a due date: days late (red), today or within two weeks (amber), days left, or done."""
    if on is None:
        return ""
    if done:
        return chip("ok", "Done")
    days = (_date(on) - (today or timezone.localdate())).days
    if days < 0:
        return chip("late", f"{_days(-days)} late")
    if days == 0:
        return chip("due", "Today")
    return chip("due" if days <= SOON else "plain", f"{_days(days)} left")


def _days(count):
    return "1 day" if count == 1 else f"{count} days"


@register.simple_tag
def meter(done, total, label="", kind="accent"):
    """A bar of `done` in `total`. `kind` is accent, ok, due or late. An SVG, since a width in a style is blocked."""
    share = 100 * min(done, total) / total if total else 0
    words = conditional_escape(label or f"{done} of {total}")
    return mark_safe(  # noqa: S308
        f'<svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="{words}">'
        f'<rect class="track" width="100" height="4"/>'
        f'<rect class="f-{conditional_escape(kind)}" width="{share:.1f}" height="4"/></svg>'
    )


# --- dates -------------------------------------------------------------------------------------------------------
def _date(value):
    """The date of a date or of a moment, in the school's own time."""
    if hasattr(value, "hour"):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _school_year(day):
    return day.year if day.month >= 9 else day.year - 1


def _year_if_needed(day):
    return "" if _school_year(day) == _school_year(timezone.localdate()) else f" {day.year}"


@register.filter
def day(value):
    """19 November; with the year when it is not in this school year (September to August)."""
    if not value:
        return ""
    on = _date(value)
    return f"{on.day} {MONTHS[on.month - 1]}{_year_if_needed(on)}"


@register.filter
def day_short(value):
    """19 Nov; with the year when it is not in this school year. For columns."""
    if not value:
        return ""
    on = _date(value)
    return f"{on.day} {MONTHS[on.month - 1][:3]}{_year_if_needed(on)}"


@register.filter
def weekday(value):
    """Thursday 19 November."""
    return f"{WEEKDAYS[_date(value).weekday()]} {day(value)}" if value else ""


@register.filter
def moment(value):
    """19 November, 10:42, in the school's own time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {local:%H:%M}"


# --- people and links --------------------------------------------------------------------------------------------
@register.filter
def initials(name):
    """MT for Maya Thornton: the first and the last word's first letter."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def device(user_agent):
    """Chrome on Windows: enough to know one's own computers by. Every browser names several, the first here counts."""
    browser = next((words for sign, words in BROWSERS if sign in user_agent), "A browser")
    system = next((words for sign, words in SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser


@register.filter
def page_numbers(page):
    """The page numbers to draw for a paginator's page, with … where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


PAGE = '<a href="{start}{number}"><span class="visually-hidden">Page </span>{number}</a>\n'
HERE = '<b aria-current="page"><span class="visually-hidden">Page </span>{number}</b>\n'
GAP = '<span aria-hidden="true">…</span>\n'


@register.simple_tag(takes_context=True)
def page_links(context, page):
    """The numbers of a paginator's pages as links to this page's own address, turned to them."""
    start, gap = page_url(context), page.paginator.ELLIPSIS
    links = [
        filled(GAP if number == gap else HERE if number == page.number else PAGE, [{"start": start, "number": number}])
        for number in page_numbers(page)
    ]
    return filled("{link}", [{"link": link} for link in links])


@register.simple_tag(takes_context=True)
def page_url(context):
    """This page's own address up to the number of a page: {% page_url as start %}. {% querystring %} would copy the
    query for each link."""
    words = [(name, value) for name, values in context.request.GET.lists() if name != "page" for value in values]
    return f"?{urlencode([*words, ('page', '')])}"


@register.simple_tag
def outside(name, *args):
    """A link out of the school: {% outside 'display' %}."""
    return outside_url(name, *args)


@register.simple_tag(takes_context=True)
def may(context, permission):
    """Whether the member of this page's school may: {% may 'pupil_list' as may_find %}. Nobody outside a school may."""
    member = getattr(context.get("request"), "member", None)
    return bool(member and member.can(permission))
