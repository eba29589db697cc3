"""How much of a whole: one thin bar, for a line of text that already holds the numbers."""

from django.utils.safestring import SafeString

from sendhub.charts.svg import PALETTE, Chart, check_key, clean, num

STATES = {"ok": "ok", "due": "bar-due", "late": "bar-late", "accent": "accent"}


def meter(value: int, of: int, state: str, *, key: str, label: str = "") -> Chart:
    """`value` of `of`, drawn in the colour of `state`: ok, due, late or accent. More than the whole fills the bar.

    The classes are those of .meter in static/css/parts.css; `label` says of what, for those who hear it.
    """
    check_key(key)
    said = f"{value} of {of}" if of else "None to count"
    title = f"{label}: {said}" if label else said
    width = min(max(100 * value / of, 0), 100) if of else 0
    svg = SafeString(
        '<svg class="meter" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 4" preserveAspectRatio="none" '
        f'role="img" aria-labelledby="{key}-t"><title id="{key}-t">{clean(title)}</title>'
        f'<rect class="track" fill="{PALETTE["sunk"]}" width="100" height="4"/>'
        f'<rect class="f-{state}" fill="{PALETTE[STATES[state]]}" width="{num(width)}" height="4"/></svg>'
    )
    return Chart(svg, label, said, ("", "Done", "Of"), ((label, value, of),))
