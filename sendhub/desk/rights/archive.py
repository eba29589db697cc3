"""The archive that somebody gets who asks for a child's data: pages that need no program of ours, the same as JSON, the
files. Only with a tick on everything that needs one, and as it was ticked."""

import io
import json
import zipfile

from django.template.loader import render_to_string
from django.utils import timezone

from pupils.words import MONTHS, day_words
from sendhub.desk.rights.ticks import Decision

PAGE = "desk/rights/archive.html"
FIXED = (2026, 1, 1, 0, 0, 0)  # the time of each file in it, so that the same contents are the same bytes


class Unticked(Exception):
    """Something in it has no tick yet; `left` says how much."""

    def __init__(self, left):
        super().__init__(f"{left} without a tick")
        self.left = left


def archive_of(request, review, step=lambda *_: None):
    """The ZIP as bytes. Raises Unticked."""
    left = len(review.left)
    if left:
        raise Unticked(left)
    parts, total = [], len(review.contents.parts)
    for number, part in enumerate(review.contents.parts):
        step(number, total + 1, f"Writing: {part.title.lower()}")
        parts.append(
            {
                "title": part.title,
                "rows": [written(row, review) for row in part.rows],
                "history": [written(row, review) for row in part.history],
            }
        )
    said = {
        "child": request.pupil.name,
        "school": request.school.name,
        "asked_by": request.asker,
        "asked_on": day_words(request.asked_on),
        "made_on": day_words(timezone.localdate()),
        "withheld": withheld(review),
    }
    looks = [
        {"when": moment(at), "who": who, "what": did, "why they could": why}
        for at, who, did, why in review.contents.looks
    ]
    step(total, total + 1, "Putting it together")
    return zipped(said, parts, looks, files_of(review))


def written(row, review):
    """One row as it leaves: {"when", "who", "what"} where it is of the history, and its values."""
    values = [(cell.label, words) for cell in row.cells if (words := review.given(cell)) is not None]
    found = {"when": moment(row.at), "who": row.who, "what": row.did} if row.at else {}
    return {**found, "values": values}


def withheld(review):
    """How much was blacked out and left out: that there is more is not hidden."""
    decisions = [review.ticks[key].decision for key in review.flags]
    return {
        name: decisions.count(value) for name, value in (("black", Decision.BLACK_OUT), ("out", Decision.LEAVE_OUT))
    }


def files_of(review):
    return [(name, read()) for name, flag, read, _ in review.contents.files if review.decided(flag, name) == name]


def moment(at):
    local = timezone.localtime(at)
    return f"{local.day} {MONTHS[local.month]} {local.year}, {local:%H:%M}"


def zipped(said, parts, looks, files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name, content):
            archive.writestr(zipfile.ZipInfo(name, FIXED), content, zipfile.ZIP_DEFLATED)

        context = {**said, "parts": parts, "looks": looks, "files": [name for name, _ in files]}
        for name in ("index", "history", "looks"):
            put(f"{name}.html", render_to_string(PAGE, {**context, "page": name}))
        now = [{"title": part["title"], "rows": [row["values"] for row in part["rows"]]} for part in parts]
        put("data.json", as_json({**said, "parts": now}))
        put("history.json", as_json([{"title": part["title"], "changes": part["history"]} for part in parts]))
        put("looks.json", as_json(looks))
        for name, content in files:
            put(f"files/{name}", content)
    return out.getvalue()


def as_json(value):
    return json.dumps(value, ensure_ascii=False, indent=1)
