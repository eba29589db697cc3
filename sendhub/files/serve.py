"""How a kept file goes back to a person who may have it: never as a page of ours.

Everything but a picture is a download; nothing in it may run, load or be framed even if a browser shows it; no proxy
and no browser keeps a copy. Whether somebody may have it is asked, and the look is logged, by the view.
"""

from django.http import FileResponse

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
}
INLINE = {"png", "jpg"}


def answer(path, name, kind):
    """The file at `path` as an answer. Raises FileNotFoundError when it has gone."""
    response = FileResponse(path.open("rb"), as_attachment=kind not in INLINE, filename=name, content_type=TYPES[kind])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
