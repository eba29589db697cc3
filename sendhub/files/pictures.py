"""Pictures: read whole and drawn anew, so that only the picture is kept.

Where and when a photo was taken, comments, colour profiles, second pictures and anything hung on behind the last pixel
stay behind. A picture says its size before it is unpacked: one that is too large is refused then.
"""

import contextlib
import io
import warnings

import pillow_heif
from PIL import Image, ImageFile, ImageOps

from sendhub.files.refused import Refused

KINDS = ("jpg", "png")
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 4000  # a page of writing is sharp at that; more only fills the disk
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
FORMATS = {"jpg": "JPEG", "png": "PNG", "heic": "HEIF"}
ONLY = "Only a picture goes here. Choose a JPEG, PNG or HEIC file."
BROKEN = "The picture can not be read to its end. Open it on your computer, save it again as JPEG, and choose that."
TOO_LARGE = "The picture has more than 40 million dots. Make it smaller, or send a screenshot of it."

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # said by the picture itself and held against it before it is unpacked
pillow_heif.register_heif_opener()


def kind_of(data: bytes) -> str:
    """“jpg”, "png" or "heic" by the first bytes; "" for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "heic" if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS else ""


def drawn_anew(data: bytes, kind: str, *, square: int = 0) -> tuple[str, bytes]:
    """("jpg" or "png", the bytes to keep). A HEIC becomes a JPEG. Raises Refused."""
    with strictly():
        try:
            with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as source:
                picture = ImageOps.exif_transpose(source)
                picture.load()
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Refused(TOO_LARGE) from None
        except Exception:  # what a decoder says of a hostile file is not worth a list
            raise Refused(BROKEN) from None
    return encoded(only_the_picture(picture, square), "png" if kind == "png" and not square else "jpg")


@contextlib.contextmanager
def strictly():
    """A picture that is cut off is an error, and so is one that is too large. WeasyPrint lets the first pass for the
    whole process, and what it let pass would be kept with grey where the rest was."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def only_the_picture(picture, square):
    """The dots and nothing else, no larger than needed. What is clear becomes white where a JPEG is made of it."""
    clear = "A" in picture.getbands() or "transparency" in picture.info
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.info = {}
    if square:
        return ImageOps.fit(picture, (square, square))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def encoded(picture, kind):
    out = io.BytesIO()
    if kind == "png":
        picture.save(out, "PNG")
    else:
        if picture.mode == "RGBA":
            white = Image.new("RGB", picture.size, "white")
            white.paste(picture, mask=picture.getchannel("A"))
            picture = white
        picture.save(out, "JPEG", quality=85)
    return kind, out.getvalue()
