"""Names without case and accents, so that "Wojcik" finds Wójcik and a flattened export is known for what it is."""

import re
import unicodedata
from difflib import SequenceMatcher

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
    if text.isascii():
        return " ".join(text.casefold().translate(_LETTERS).split())
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


def fuller(old: str, new: str) -> str:
    """The spelling to keep. Another name takes the old one's place; of two spellings of one name the one with more of
    its accents stays, and capitals or small letters alone never take the place of "McDonald"."""
    if not old or not same(old, new):
        return new
    if _marks(new) != _marks(old):
        return new if _marks(new) > _marks(old) else old
    return old if new.isupper() or new.islower() else new


def alike(one: str, other: str) -> bool:
    """Whether two names may be one, heard or mistyped: "Jonathon" and "Johnathan", "Smyth" and "Smith". Of names of
    fewer than four letters only those that sound the same."""
    first, second = plain(one), plain(other)
    if not first or not second:
        return False
    if first == second or (len(_sound(first)) > 1 and _sound(first) == _sound(second)):
        return True
    return min(len(first), len(second)) > 3 and SequenceMatcher(None, first, second, False).ratio() >= 0.8


def _sound(name: str) -> str:
    """The first letter and the consonants after it, those that sound the same written as one."""
    letters = re.sub("[^a-z]", "", name)
    for pair, letter in (("ph", "f"), ("ck", "k"), ("th", "t"), ("c", "k"), ("q", "k"), ("z", "s"), ("y", "i")):
        letters = letters.replace(pair, letter)
    return re.sub(r"(.)\1+", r"\1", letters[:1] + re.sub("[aeiouhw]", "", letters[1:]))


def _marks(text: str) -> int:
    """How many letters carry more than the plain alphabet; a lost letter counts against."""
    return len(re.findall(r"[^\x00-\x7f]", unicodedata.normalize("NFC", text))) - text.count("?")
