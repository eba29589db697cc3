"""Who is on the register, by need: the picture, its finding and the table behind it. The drawing is sendhub.charts'."""

from sendhub import charts

HIDDEN = "hidden"


def need_chart(register):
    """What components/chart.html needs: title, finding, svg, table. Hidden numbers are drawn as hidden, never as 0."""
    rows = [(row.words, row.support, row.plan) for row in register.rows]
    return {
        "title": "Who is on the register, by main need",
        "finding": finding(register),
        "svg": charts.register_by_need(rows),
        "table": {
            "head": ["Main need", "SEN Support", "EHC plan"],
            "rows": [[cell if cell is not None else HIDDEN for cell in row] for row in rows],
        },
    }


def finding(register):
    """The largest need in a sentence, where it may be told."""
    told = [(row.support + row.plan, row.words) for row in register.rows if None not in (row.support, row.plan)]
    if not told:
        return "Nobody is on the register." if not register.rows else "The numbers are too small to show."
    number, words = max(told)
    return f"The largest group is {words}: {number}." if not register.hidden else f"{words} is the largest group shown."
