"""Word and Excel files: nothing in them runs or fetches, and none unpacks to more than it should."""

import io
import zipfile

import pytest

from sendhub import files
from sendhub.files import office
from tests.files import samples


def refused(data):
    with pytest.raises(files.Refused) as refusal:
        files.look_into(data, "x.docx")
    return str(refusal.value)


def test_it_is_kept_as_it_came():
    data = samples.office(
        rels=samples.relationship(samples.LINK), parts=[("word/media/image1.png", samples.picture("PNG"))]
    )
    assert files.look_into(data, "x.docx").data == data


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "externalLinkPath"])
def test_a_file_that_fetches_something_when_it_is_opened_is_refused(kind):
    rels = samples.relationship(samples.TEMPLATE.replace("attachedTemplate", kind))
    assert refused(samples.office(rels=rels)) == office.OUTSIDE
    assert refused(samples.office(samples.EXCEL, rels=rels)) == office.OUTSIDE


def test_a_link_inside_the_file_is_no_link_elsewhere():
    rels = samples.relationship(samples.TEMPLATE.replace("attachedTemplate", "image"), "media/image1.png", "Internal")
    assert files.look_into(samples.office(rels=rels), "x").kind == "docx"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (samples.office(parts=[("word/vbaProject.bin", b"x")]), office.MACROS),
        (samples.office(types='<Default ContentType="application/vnd.x.macroEnabled.main+xml"/>'), office.MACROS),
        (samples.office(parts=[("word/embeddings/oleObject1.bin", b"x")]), office.OBJECTS),
        (samples.office(parts=[("word/activeX/activeX1.xml", b"<x/>")]), office.OBJECTS),
        (samples.office(main="application/zip"), office.NOT_OFFICE),
        (samples.office(parts=[("word/x.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")]), office.NOT_OFFICE),
        (samples.office(parts=[("word/x.xml", b"<x>")]), office.NOT_OFFICE),
        (samples.office(parts=[("word/x.xml", b"<a>" * 300 + b"</a>" * 300)]), office.TOO_LARGE),
        (samples.office(zipped=zipfile.ZIP_BZIP2), office.NOT_OFFICE),
        (samples.office(comment=b"%PDF-1.7"), office.TWO_IN_ONE),
        (samples.office() + b"<script>", office.NOT_OFFICE),
        (samples.office()[:-40], office.NOT_OFFICE),
        (samples.office()[:200], office.NOT_OFFICE),
    ],
    ids=[
        "macros", "macro type", "object", "control", "another zip", "entities", "broken xml", "deep", "bzip2",
        "comment", "behind", "cut off", "cut short",
    ],
)  # fmt: skip
def test_what_is_refused_says_why(data, words):
    assert refused(data) in {words, office.TWO_IN_ONE}


def test_a_zip_behind_something_else_is_refused():
    """A zip is read from its end: what stands before it may be anything."""
    inner = samples.office()
    assert refused(b"PK\x03\x04<script>" + inner) == office.TWO_IN_ONE


def test_one_with_a_password_is_refused():
    data = bytearray(samples.office())
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[place] |= 1
    assert refused(bytes(data)) == office.LOCKED


def test_the_same_part_twice_is_refused():
    out = io.BytesIO(samples.office())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")
    assert refused(out.getvalue()) == office.NOT_OFFICE


def test_a_bomb_is_refused_by_its_directory():
    assert refused(samples.office(parts=[("word/a.xml", b"<a>" + b" " * 30_000_000 + b"</a>")])) == office.TOO_LARGE
    many = [(f"word/{number}.xml", b"<a/>") for number in range(1_100)]
    assert refused(samples.office(parts=many)) == office.TOO_LARGE


def test_a_bomb_of_many_middling_parts_is_refused_by_their_sum():
    limits = office.Limits(unpacked=10_000)
    with pytest.raises(files.Refused, match="unpacks to far more"):
        office.check(samples.office(parts=[(f"word/{n}.bin", b"0123456789" * 300) for n in range(4)]), limits)


def test_a_bomb_that_lies_about_its_size_is_stopped_while_reading():
    body = b"<a>" + b" " * 3_000_000 + b"</a>"
    data = bytearray(samples.office(parts=[("word/a.xml", body)]))
    true, lie = len(body).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert data.count(true) == 2
    assert refused(bytes(data).replace(true, lie)) == office.NOT_OFFICE


def test_a_workbook_in_a_chart_is_looked_into_as_well():
    good = samples.office(samples.EXCEL)
    with_macros = samples.office(samples.EXCEL, parts=[("xl/vbaProject.bin", b"x")])
    nested = samples.office(samples.EXCEL, parts=[("xl/embeddings/x.xlsx", good)])
    assert files.look_into(samples.office(parts=[("word/embeddings/Sheet.xlsx", good)]), "x").kind == "docx"
    assert refused(samples.office(parts=[("word/embeddings/Sheet.xlsx", with_macros)])) == office.MACROS
    assert refused(samples.office(parts=[("word/embeddings/Sheet.xlsx", nested)])) == office.OBJECTS
