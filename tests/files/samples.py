"""Files that people send, and files that somebody made to do harm. All are made here: nothing is read from disk."""

import io
import struct
import zipfile
import zlib

from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


def picture(kind="JPEG", size=(60, 40), colour=(200, 40, 40), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def photo_from_a_phone():
    """A JPEG that says where it was taken, with a comment and a colour profile's worth of bytes."""
    exif = Image.Exif()
    exif[0x010F] = "MarkerPhone"
    exif[0x0112] = 6  # turned: the sensor's rows are the picture's columns
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 41.0, 7.0), 3: "W", 4: (1.0, 8.0, 9.0)})
    return picture(size=(60, 40), exif=exif, comment=b"MarkerComment", icc_profile=b"MarkerProfile" * 20)


def heic():
    import pillow_heif

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "MarkerPhone"
    source = pillow_heif.from_pillow(Image.new("RGB", (64, 48), (10, 120, 40)))
    source.save(out, exif=exif.tobytes())
    return out.getvalue()


def png_that_says_it_is_huge(width=60_000, height=60_000):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def office(main=WORD, parts=(), rels="", types="", zipped=zipfile.ZIP_DEFLATED, comment=b""):
    """A small Word or Excel file; `parts` are further (name, bytes), `rels` and `types` further elements."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipped) as archive:
        archive.comment = comment
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>',
        )
        archive.writestr("word/document.xml", "<w:document xmlns:w='w'><w:p>Hello</w:p></w:document>")
        for name, body in parts:
            archive.writestr(name, body)
    return out.getvalue()


def relationship(kind, target="https://elsewhere.example/x", mode="External"):
    return f'<Relationship Id="r1" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'


def pdf(objects=(), streams=()):
    """A small PDF with a page; `objects` are further bodies, `streams` further (dictionary, packed bytes)."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    for words, packed in streams:
        bodies.append(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (words, len(packed), packed))
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
