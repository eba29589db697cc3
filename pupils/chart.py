"""Who is on the register, by need: the picture, its finding and the table behind it. The drawing is sendhub.charts'."""

from sendhub import charts

TITLE = "Who is on the register, by main need"
HIDDEN = "hidden"
PARTLY = "Only groups that are large enough are drawn. The others are hidden, and how many they are too."


def need_chart(register):
    """What components/chart.html needs (title, finding, svg, table), or None when there is nothing to draw.

    A need of which a number is hidden is not drawn at all, so that no bar gives it away.
    """
    shown = [row for row in register.rows if None not in (row.support, row.plan)]
    if not shown:
        return None
    said = PARTLY if len(shown) < len(register.rows) else ""
    drawn = charts.register_by_need([charts.NeedCount(row.words, row.support, row.plan) for row in shown], said=said)
    return {"title": TITLE, "finding": drawn.finding, "svg": drawn.svg, "table": need_table(register)}


def need_table(register):
    """The same numbers for a table, every need in it."""
    cells = [(row.words, row.support, row.plan) for row in register.rows]
    return {
        "head": ["Main need", "SEN Support", "EHC plan"],
        "rows": [[HIDDEN if cell is None else cell for cell in row] for row in cells],
    }
