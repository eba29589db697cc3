"""The one door to PDF: a template of templates/documents/ in, a tagged PDF (PDF/UA-1) out.

WeasyPrint may fetch nothing but data: URIs: not a file, not an address, not a redirect. Pictures come in through
picture(); the typeface and static/css/documents.css are read from disk here, once a process. What a document says, and
who may have it, belongs to the apps.
"""

import atexit
import hashlib
import logging
import threading
import warnings
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_atkinson_hyperlegible
from django.conf import settings
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

MOST_PAGES = 200
FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
FACES = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("Bold", 700, "normal"), ("BoldItalic", 700, "italic"))
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_one_at_a_time = threading.Lock()  # WeasyPrint has one logger for the process, and what it says is read below


class Unfinished(ValueError):
    """The document must not leave as it is: a picture without words for those who cannot see it, or too many pages."""


@dataclass(frozen=True)
class Pdf:
    bytes: bytes
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.bytes).hexdigest()


def render(template: str, context: dict, *, title: str, lang: str = "en-GB") -> Pdf:
    """Make a PDF. `title` is what a reader's program shows; templates/documents/base.html says what `context` needs.

    A picture, style sheet or attachment from anywhere else is left out, and logged without its address. Raises
    Unfinished for a picture without alt text and for more than 200 pages.
    """
    html = render_to_string(template, {**context, "title": title, "lang": lang})
    engine = _engine()
    with _one_at_a_time, _Complaints() as complaints:
        document = engine.html(string=html, url_fetcher=engine.fetcher).render(
            stylesheets=[engine.style], font_config=engine.fonts, pdf_variant="pdf/ua-1"
        )
        if len(document.pages) > MOST_PAGES:
            raise Unfinished(f"{template} has {len(document.pages)} pages; {MOST_PAGES} is the most.")
        made = document.write_pdf(pdf_variant="pdf/ua-1")
    if any("alt description" in complaint for complaint in complaints.found):
        raise Unfinished(f"{template} has a picture without alt text.")
    if complaints.found:
        log.error("%s: %d things could not be drawn or were refused", template, len(complaints.found))
    return Pdf(made, len(document.pages))


def picture(data: bytes, mime: str) -> str:
    """The data: URI of a PNG or JPEG, for <img src>. Raises ValueError when the bytes are something else."""
    if mime not in PICTURES or not data.startswith(PICTURES[mime]):
        raise ValueError("Only PNG and JPEG pictures go into a document.")
    return _data_uri(data, mime)


def _data_uri(data: bytes, mime: str) -> str:
    return f"data:{mime};base64,{b64encode(data).decode()}"


class _Complaints(logging.Filter):
    """Keeps WeasyPrint's errors from the log, where an address or a whole picture would stand, and hands them to us."""

    def __enter__(self):
        self.found: list[str] = []
        logging.getLogger("weasyprint").addFilter(self)
        return self

    def __exit__(self, *_error):
        logging.getLogger("weasyprint").removeFilter(self)

    def filter(self, record):
        if record.levelno >= logging.ERROR:
            self.found.append(record.getMessage())
            return False
        return True


@dataclass(frozen=True)
class _Engine:
    html: type
    fetcher: object
    fonts: object
    style: object


@cache
def _engine() -> _Engine:
    """WeasyPrint with our typeface and style, made once: the import takes half a second, a fetcher 20 ms (TLS)."""
    with warnings.catch_warnings():
        # A server needs no typeface of its own: ours is in the page.
        warnings.filterwarnings("ignore", message=".*Expect ugly output", category=UserWarning)
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    fonts = FontConfiguration()
    css = _faces() + (settings.BASE_DIR / "static" / "css" / "documents.css").read_text()
    style = weasyprint.CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    return _Engine(weasyprint.HTML, fetcher, fonts, style)


# WeasyPrint unpacks the typeface into a temporary folder and removes it with the object, which is too late at the end.
atexit.register(_engine.cache_clear)


def _faces() -> str:
    return "".join(
        f'@font-face {{ font-family: "Atkinson Hyperlegible"; font-weight: {weight}; font-style: {style}; '
        f"src: url({_data_uri((FONTS / f'AtkinsonHyperlegible-{name}.ttf').read_bytes(), 'font/ttf')}); }}\n"
        for name, weight, style in FACES
    )
