"""Names without case and accents, so that "Wojcik" finds Wójcik and a flattened export is known for what it is."""

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "–": "-",
        "‐": "-",
        "‑": "-",
    }
)


def plain(text: str) -> str:
    """Small letters, no accents, single spaces: " Łukasz WÓJCIK" is "lukasz wojcik". Other scripts stay."""
    small = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    unmarked = "".join(character for character in small if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", unmarked).split())


def same(one: str, other: str) -> bool:
    """Whether two spellings are one name, accents and case apart. A "?" stands for the one letter that a file lost."""
    first, second = plain(one), plain(other)
    if first == second:
        return True
    if "?" not in one + other or len(first) != len(second):
        return False
    return all(a == b or "?" in (a, b) for a, b in zip(first, second, strict=True))


def flattened(text: str, of: str) -> bool:
    """Whether `text` is the name `of` with nothing but accents or letters lost, so that it must not take its place."""
    return text != of and same(text, of) and _marks(text) < _marks(of)


def _marks(text: str) -> int:
    """How many letters carry more than the plain alphabet; a lost letter counts against."""
    return len(re.findall(r"[^\x00-\x7f]", unicodedata.normalize("NFC", text))) - text.count("?")
