"""Documents: tagged, titled, in our own typeface, and no document can make the server fetch or give away anything."""

import copy
import hashlib
import io
import logging
import struct
import subprocess
import sys
import threading
import zlib
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import FileHandler

import pypdf
import pytest

from sendhub import pdf
from sendhub.charts import NeedCount, meter, register_by_need

LETTER = {"school_name": "Oakfield School", "made_on": date(2026, 9, 1), "for_whom": "Dan Whitlock"}
FRAME = '{% extends "documents/base.html" %}{% block content %}\n'


@pytest.fixture
def make(settings, tmp_path):
    """make(content, **context): the PDF of the base template around `content`."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], tmp_path]
    settings.TEMPLATES = templates

    def made(content="<p>Words.</p>", frame=FRAME, **context):
        ending = "{% endblock %}" if frame else ""
        tmp_path.joinpath("document.html").write_text(frame + content + ending)
        return pdf.render("document.html", {**LETTER, **context}, title="Maya, pupil passport")

    return made


def png(width=4, height=4):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress((b"\0" + bytes([12, 90, 97]) * width) * height)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def opened(made):
    return pypdf.PdfReader(io.BytesIO(made.bytes))


def words(made):
    return " ".join(" ".join(page.extract_text() for page in opened(made).pages).split())


def everything(made):
    reader = opened(made)
    return [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]


def figures(made):
    """The alt text of each tagged figure."""
    return [it.get("/Alt") for it in everything(made) if isinstance(it, dict) and it.get("/S") == "/Figure"]


def all_bytes(made):
    """The PDF with everything in it unpacked."""
    return made.bytes + b"".join(it.get_data() for it in everything(made) if hasattr(it, "get_data"))


def test_the_frame_says_whose_it_is_when_and_for_whom(make):
    said = words(make())
    for part in ("Oakfield School", "1 September 2026", "For Dan Whitlock.", "Maya, pupil passport", "Page 1 of 1"):
        assert part in said
    assert said.count("Please do not leave this page on show.") == 2  # in the letterhead, and at the foot of each page


def test_nobody_named_and_another_notice(make):
    said = words(make("<p>Words.</p>{% endblock %}{% block notice %}For governors only.", for_whom=""))
    assert "For Dan" not in said
    assert said.count("For governors only.") == 2


def test_it_is_tagged_and_has_title_and_language(make):
    made = make()
    root = opened(made).trailer["/Root"]
    assert opened(made).metadata.title == "Maya, pupil passport"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_pages_are_counted_and_numbered(make):
    made = make('<p>One.</p><p class="new-page">Two.</p>')
    assert made.pages == len(opened(made).pages) == 2
    assert "Page 2 of 2" in words(made)
    assert made.sha256 == hashlib.sha256(made.bytes).hexdigest()


def test_every_face_is_ours_and_embedded(make):
    made = make("<p>Plain, <b>bold</b>, <i>slanted</i>, <b><i>both</i></b>.</p>")
    fonts = [font.get_object() for font in opened(made).pages[0]["/Resources"]["/Font"].values()]
    names = {font["/BaseFont"].split("+")[1] for font in fonts}
    assert names == {f"Atkinson-Hyperlegible{face}" for face in ("", "-Bold", "-Italic", "-Bold-Italic")}
    assert all("/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts)


def test_text_is_escaped(make):
    assert "<b>Ada</b>" in words(make("<p>{{ name }}</p>", name="<b>Ada</b>"))


def test_our_pictures_are_in_it(make):
    made = make('<img class="photo" alt="Maya" src="{{ photo }}">', photo=pdf.picture(png(), "image/png"))
    assert figures(made) == ["Maya"]
    assert len(opened(made).pages[0].images) == 1


@pytest.mark.parametrize(
    ("data", "mime"), [(b"<svg/>", "image/svg+xml"), (b"\xff\xd8\xff", "image/png"), (b"GIF89a", "image/jpeg")]
)
def test_other_pictures_are_refused(data, mime):
    with pytest.raises(ValueError, match="Only PNG and JPEG"):
        pdf.picture(data, mime)


def test_a_jpeg_is_taken():
    assert pdf.picture(b"\xff\xd8\xff\xe0", "image/jpeg") == "data:image/jpeg;base64,/9j/4A=="


def test_a_picture_without_words_does_not_leave(make):
    with pytest.raises(pdf.Unfinished, match=r"document\.html has a picture without alt text"):
        make('<img src="{{ photo }}">', photo=pdf.picture(png(), "image/png"))


def test_a_document_without_end_does_not_leave(make, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(pdf.Unfinished, match="3 pages; 2 is the most"):
        make('<p>1</p><p class="new-page">2</p><p class="new-page">3</p>')
    assert not logging.getLogger("weasyprint").filters


def test_charts_are_figures_with_alt_text_and_their_own_colours(make):
    chart = register_by_need([NeedCount("Autism", 9, 9)])
    made = make("{{ chart.svg }}{{ meter.svg }}", chart=chart, meter=meter(5, 9, "late", key="speech", label="Speech"))
    assert figures(made) == ["Who is on the register: main need by stage", "Speech: 5 of 9"]
    assert "Autism" in words(made)
    # Their own attributes paint them: #0c5a61 and #b8402f, as PDF writes colours.
    drawn = all_bytes(made)
    assert b"0.047059 0.352941 0.380392 rg" in drawn
    assert b"0.721569 0.25098 0.184314 rg" in drawn


def test_our_style_sheet_holds_nothing_that_weasyprint_does_not_know(make, caplog):
    pdf._engine.cache_clear()
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        make()
    assert caplog.record_tuples == []


def test_a_warning_about_style_still_reaches_the_log(make, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        make("<style>p { colour: red }</style>")
    assert ["colour: red" in record.getMessage() for record in caplog.records] == [True]


def test_its_colours_are_the_pages(settings):
    folder = settings.BASE_DIR / "static" / "css"
    tokens = (folder / "documents.css").read_text().split(":root")[1].split("}")[0].split(";")
    page = (folder / "sendhub.css").read_text()
    pairs = [token.strip(" {\n").split(": ") for token in tokens if "--" in token]
    assert len(pairs) > 10
    assert [name for name, colour in pairs if f"{name}: {colour};" not in page] == []


def test_a_server_without_typefaces_is_no_warning():
    """WeasyPrint looks for system typefaces at its import; ours come with the page. Here warnings are errors."""
    program = (
        "import warnings; warnings.simplefilter('error')\n"
        "from django.conf import settings; from pathlib import Path; settings.configure(BASE_DIR=Path.cwd())\n"
        "from sendhub import pdf; pdf._engine()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"FONTCONFIG_FILE": "/dev/null", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Warning" not in done.stderr
    assert done.returncode == 0, done.stderr[-300:]


# --- Nothing is fetched ----------------------------------------------------------------------------------------------
@pytest.fixture
def canary():
    """A web server that notes each call and sends it on to a file."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *_words):
            """Not on the test's output."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/x", calls
    server.shutdown()
    thread.join()
    server.server_close()


WAYS_IN = [
    '<img alt="x" src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    '<object data="{}">x</object>',
    '<embed src="{}" alt="x">',
    '<style>@import url("{}");</style>',
    '<style>p {{ background: url("{}"); }}</style><p>x</p>',
    '<style>p::before {{ content: url("{}"); }}</style><p>x</p>',
    '<style>li {{ list-style-image: url("{}"); }}</style><ul><li>x</li></ul>',
    '<style>@font-face {{ font-family: y; src: url("{}"); }} p {{ font-family: y; }}</style><p>x</p>',
    '<style>@page {{ @top-left {{ content: url("{}"); }} }}</style>',
    '<svg viewBox="0 0 9 9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
    '<svg viewBox="0 0 9 9"><title>x</title><use href="{}#a"/></svg>',
    '<svg viewBox="0 0 9 9"><title>x</title><style>@import url("{}");</style><rect width="9" height="9"/></svg>',
    '<link rel="stylesheet" href="data:text/css,@import url({});">',
    "<img alt=\"x\" src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
    "<image href='{}' width='9' height='9'/></svg>\">",
]


@pytest.mark.parametrize("to", ["address", "file", "password file", "one slash", "ftp"])
@pytest.mark.parametrize("base", ["", '<base href="http://127.0.0.1:9/">', '<base href="file:///">'])
def test_no_way_leads_to_a_file_or_an_address(to, base, make, canary, tmp_path, monkeypatch, caplog):
    address, calls = canary
    secret = tmp_path / "secret"
    secret.write_text("SECRETWORDS")
    monkeypatch.setattr(FileHandler, "file_open", lambda _self, request: calls.append(request.full_url))
    target = {
        "address": address,
        "file": secret.as_uri(),
        "password file": "file:///etc/passwd",
        "one slash": f"FILE:{secret}",
        "ftp": "ftp://127.0.0.1/x",
    }[to]
    # Each has an address of its own, because WeasyPrint asks once for the same one.
    made = make(base + "".join(way.format(f"{target}?{number}") for number, way in enumerate(WAYS_IN)))
    assert calls == []
    assert opened(made).attachments == {}
    assert b"SECRETWORDS" not in all_bytes(made)
    assert b"root:" not in all_bytes(made)
    # Each was refused: three without a word (typeface, use, a style in an SVG). The log never holds an address.
    assert [record.args[1] for record in caplog.records] == [len(WAYS_IN) - 3]
    assert "127.0.0.1" not in caplog.text
    assert "secret" not in caplog.text


def test_a_whole_page_of_somebody_elses_has_no_more_power(make, canary):
    address, calls = canary
    way = f'<html><head><base href="{address}"><link rel="attachment" href="{address}"></head><body>x</body></html>'
    assert opened(make(way, frame="")).attachments == {}
    assert calls == []


def test_what_was_refused_is_logged_without_its_address_or_the_picture(make, caplog):
    make('<img alt="x" src="http://127.0.0.1/Maya"><img alt="y" src="data:image/png;base64,TWF5YQ==">')
    assert [record.getMessage() for record in caplog.records] == [
        "document.html: 2 things could not be drawn or were refused"
    ]
