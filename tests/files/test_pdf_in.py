"""PDFs that people send: nothing in them runs or holds another file, however it is written."""

import zlib

import pytest

from sendhub import files, pdf
from sendhub.files import pdf as pdf_in
from tests.files import samples

JS = b"<< /Type /Action /S /JavaScript /JS (app.alert\\(1\\)) >>"
OBJECTS = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"


def refused(data):
    with pytest.raises(files.Refused) as refusal:
        files.look_into(data, "x.pdf")
    return str(refusal.value)


def packed(body):
    return zlib.compress(b"9 0 " + body)


@pytest.mark.parametrize(
    "body",
    [
        JS,
        b"<< /S /#4AavaScript /JS (1) >>",
        b"<< /S /J#61v#61Script>>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        b"<</Subtype/RichMedia>>",
        b"<< /AcroForm << /XFA 9 0 R >> >>",
        b"<< /S /SubmitForm /F (https://elsewhere.example) >>",
    ],
)
def test_a_pdf_that_acts_is_refused_in_plain_and_packed_objects(body):
    assert refused(samples.pdf([body])) == pdf_in.ACTIVE
    assert refused(samples.pdf(streams=[(OBJECTS, packed(body))])) == pdf_in.ACTIVE
    assert refused(samples.pdf(streams=[(OBJECTS.replace(b"ObjStm", b"Obj#53tm"), packed(body))])) == pdf_in.ACTIVE
    assert refused(samples.pdf(streams=[(b"", body)])) == pdf_in.ACTIVE  # an object that lies inside a stream


@pytest.mark.parametrize(
    ("words", "data"),
    [
        (OBJECTS.replace(b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]"), packed(b"<<>>")),
        (OBJECTS.replace(b"/Filter /FlateDecode", b""), b"9 0 <<>>"),
        (OBJECTS + b" /DecodeParms << /Predictor 12 >>", packed(b"<<>>")),
        (OBJECTS + b" /DecodeParms << /Pred#69ctor 12 >>", packed(b"<<>>")),
        (OBJECTS, b"not packed"),
        (OBJECTS, packed(b"<<>>")[:-6]),
        (OBJECTS + b" /X (obj stream\n)", packed(b"<<>>")),
    ],
    ids=["two ways", "no way", "predictor", "predictor in disguise", "broken", "cut off", "hidden"],
)
def test_objects_that_we_can_not_see_are_refused(words, data):
    assert refused(samples.pdf(streams=[(words, data)])) == pdf_in.UNSEEN


def test_a_locked_pdf_is_refused():
    assert refused(samples.pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R")) == pdf_in.LOCKED


@pytest.mark.parametrize(
    "data",
    [
        samples.pdf()[:-30],
        samples.pdf()[:100],
        samples.pdf() + b"<script>alert(1)</script>",
        b"%PDF-x" + samples.pdf()[8:],
        b"%PDF-1.7\nstartxref\n9\n%%EOF\n",
    ],
    ids=["cut off", "cut short", "behind", "no version", "no page"],
)
def test_a_pdf_that_is_not_whole_is_refused(data):
    assert refused(data) == pdf_in.BROKEN


def test_a_pdf_that_is_a_zip_as_well_is_refused():
    assert refused(samples.pdf() + samples.office()) == pdf_in.TWO_IN_ONE
    hidden = samples.office(comment=b"\nstartxref\n9\n%%EOF\n")
    assert refused(samples.pdf() + hidden) == pdf_in.TWO_IN_ONE


def test_objects_that_unpack_to_more_than_any_file_needs_are_not_read(monkeypatch):
    monkeypatch.setattr(pdf_in, "UNPACKED", 10_000)
    half = (OBJECTS, zlib.compress(b"0 0 m " * 1_000))
    assert files.look_into(samples.pdf(streams=[half]), "x").kind == "pdf"
    assert refused(samples.pdf(streams=[half, half])) == pdf_in.UNSEEN
    assert refused(samples.pdf(streams=[half, half, half])) == pdf_in.UNSEEN


def test_what_a_page_draws_may_be_large(monkeypatch):
    monkeypatch.setattr(pdf_in, "UNPACKED", 10_000)
    page = (b"/Filter /FlateDecode", zlib.compress(b"0 0 m " * 10_000))
    assert files.look_into(samples.pdf(streams=[page, page]), "x").kind == "pdf"


def test_a_pdf_with_pages_only_in_packed_objects_is_whole():
    data = samples.pdf().replace(b"/Page", b"/Hide")
    stream = samples.pdf(streams=[(OBJECTS, packed(b"<< /Type /Page >>"))]).replace(b"/Page", b"/Hide")
    assert refused(data) == pdf_in.BROKEN
    assert files.look_into(stream, "x").kind == "pdf"


def test_our_own_documents_are_taken():
    made = pdf.render("documents/family_letters.html", {"letters": [], "school_name": "x", "made_on": None}, title="x")
    assert files.look_into(made.bytes, "x").data == made.bytes
