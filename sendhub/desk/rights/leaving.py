"""The file for the next school: which parts there are, and what of them goes.

Out of it stay, whatever is ticked: what belongs to the safeguarding lead, who hands their own file over apart; the work
of this school (requests, removals, reading lists). Names of other pupils are blacked out. What is restricted goes only
where somebody who may read it ticked that.
"""

import io
import json
import zipfile

from django.utils import timezone

from pupils.words import day_words
from sendhub import pdf
from sendhub.access import Permission
from sendhub.desk.personal import Kind
from sendhub.desk.rights.archive import FIXED
from sendhub.desk.rights.contents import contents_of
from sendhub.rules.disclosure import redact

# Tables that say nothing to the next school, each with its reason.
STAYS = {
    "pupils.TwoPupils": "about two of our records",
    "pupils.ImportLine": "a working copy of a file",
    "pupils.ReadingMark": "an adult's own list",
    "pupils.ProvisionProposal": "what a file proposed here",
    "pupils.GroupPupil": "our classes",
    "pupils.PupilNumber": "numbers of our systems",
}


def goes(label):
    return label.startswith("pupils.") and label not in STAYS


def parts_of(contents):
    """The parts that may be chosen: those with something in them."""
    return [part for part in contents.parts if goes(part.table) and part.rows]


def file_of(leaving, member, step=lambda *_: None):
    """The ZIP as bytes: the same as PDF and as JSON, and the files."""
    contents = contents_of(leaving.pupil)
    restricted = leaving.with_restricted and member.can(Permission.NOTE_RESTRICTED)
    chosen = [part for part in parts_of(contents) if part.table in leaving.parts]
    parts = []
    for number, part in enumerate(chosen):
        step(number, len(chosen) + 1, f"Writing: {part.title.lower()}")
        rows = [values for row in part.rows if (values := written(row, member, restricted))]
        if rows:
            parts.append({"title": part.title, "rows": rows})
    said = {
        "child": leaving.pupil.name,
        "born_on": leaving.pupil.born_on.isoformat(),
        "upn": leaving.pupil.upn,
        "school": leaving.school.name,
        "left_on": leaving.pupil.left_on.isoformat() if leaving.pupil.left_on else "",
        "made_on": timezone.localdate().isoformat(),
    }
    context = {
        **said,
        "parts": parts,
        "school_name": leaving.school.name,
        "made_on": timezone.localdate(),
        "born": day_words(leaving.pupil.born_on),
        "left": day_words(leaving.pupil.left_on),
    }
    made = pdf.render("documents/leaving_file.html", context, title=f"{leaving.pupil.name}, SEN file")
    kept = [
        (name, read())
        for name, flag, read, row in contents.files
        if row.table in leaving.parts and (restricted or not row.restricted)
    ]
    step(len(chosen), len(chosen) + 1, "Putting it together")
    return zipped(made.bytes, {**said, "parts": parts}, kept)


def written(row, member, restricted):
    """[(what, words)] of a row, as far as it goes."""
    if row.restricted and not restricted:
        return []
    return [
        (cell.label, redact(cell.text, cell.flag.names) if cell.flag and cell.flag.names else cell.text)
        for cell in row.cells
        if cell.kind is not Kind.SAFEGUARDING
        and (cell.kind is not Kind.CIRCUMSTANCE or member.can(Permission.CIRCUMSTANCE_VIEW))
    ]


def zipped(document, data, kept):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("sen-file.pdf", document),
            ("sen-file.json", json.dumps(data, ensure_ascii=False, indent=1)),
            *((f"files/{name}", content) for name, content in kept),
        ):
            archive.writestr(zipfile.ZipInfo(name, FIXED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
