"""What a file is, by its bytes; what it is called; and that each refusal says what to do."""

import pytest

from sendhub import files
from sendhub.files import look, office, pdf, pictures, store
from tests.files import samples


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (samples.picture("JPEG"), "jpg"),
        (samples.picture("PNG"), "png"),
        (samples.heic(), "jpg"),
        (samples.office(), "docx"),
        (samples.office(samples.EXCEL), "xlsx"),
        (samples.pdf(), "pdf"),
    ],
    ids=["jpeg", "png", "heic", "docx", "xlsx", "pdf"],
)
def test_what_schools_send_is_taken_and_named_by_what_it_is(data, kind):
    """Whatever its name says: the ending follows the bytes."""
    checked = files.look_into(data, "A report.html")
    assert (checked.kind, checked.name) == (kind, f"A report.{kind}")
    assert checked.picture == (kind in {"jpg", "png"})


@pytest.mark.parametrize(
    "data",
    [
        samples.SVG,
        b"\xef\xbb\xbf" + samples.SVG,
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//",
        samples.picture("GIF", mode="P", colour=0),
        b"BM" + b"\0" * 60,
        b"MZ\x90\0" + b"\0" * 60,
        b"#!/bin/sh\nrm -rf ~\n",
        b"Just words.",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
    ],
    ids=["svg", "svg with a mark", "html", "gif and script", "gif", "bmp", "program", "script", "words", "xhtml"],
)
@pytest.mark.parametrize("name", ["drawing.png", "letter.pdf", "x"])
def test_nothing_else_is_taken_whatever_it_calls_itself(data, name):
    with pytest.raises(files.Refused) as refusal:
        files.look_into(data, name)
    assert str(refusal.value) == look.NOT_TAKEN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", look.EMPTY),
        (b"%PDF-1.7\n" + b"0" * files.MOST, look.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, look.OLD_OFFICE),
    ],
)
def test_empty_large_and_old_files_say_so(data, words):
    with pytest.raises(files.Refused, match=words.split(".")[0]):
        files.look_into(data, "x.doc")


@pytest.mark.parametrize("data", [samples.pdf(), samples.office(), b"words"])
def test_where_only_a_picture_goes_nothing_else_does(data):
    with pytest.raises(files.Refused, match="Only a picture"):
        files.look_into(data, "x.png", only_pictures=True)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\Report final.docx", "Report final.pdf"),
        ("report.pdf.exe", "report.pdf.pdf"),
        ("invoice\u202efdp.exe", "invoice fdp.pdf"),
        ("two\r\nlines\0.pdf", "two lines.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("  .. ", "file.pdf"),
        ("Zoë’s plan v1.2 of May", "Zoë’s plan v1.2 of May.pdf"),
        ("e\u0301cole.pdf", "école.pdf"),
        ("n" * 300 + ".pdf", "n" * 80 + ".pdf"),
    ],
)
def test_a_name_holds_no_path_and_no_trick(given, kept):
    assert look.clean_name(given, "pdf") == kept


def test_each_refusal_says_in_a_sentence_or_two_what_to_do():
    said = {
        words
        for module in (look, office, pdf, pictures, store)
        for name, words in vars(module).items()
        if name.isupper() and isinstance(words, str) and words.endswith(".")
    }
    assert len(said) >= 20
    for words in said:
        assert words.count(". ") <= 1, words
        assert any(do in words.lower() for do in ("choose", "save", "send", "make", "tell", "take", "print")), words
