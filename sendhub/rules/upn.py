"""The unique pupil number: is it well made, and does its check letter fit?

There is no list of councils here: new councils' numbers are good too. A number that does not fit is a warning to the
person who imports, never a refusal. A message never repeats the number.
"""

import re
from dataclasses import dataclass

ALPHABET = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters by their value, 0 to 22: no I, O or S."""

LENGTH = 13
_SHAPE = re.compile(rf"[{ALPHABET}][0-9]{{11}}[0-9{ALPHABET}]", re.ASCII)


@dataclass(frozen=True, slots=True)
class UpnVerdict:
    """`upn` is the number without spaces and in capitals; `message` is empty when it is right."""

    upn: str
    ok: bool
    temporary: bool
    message: str


def check_letter(body: str) -> str:
    """The check letter for characters 2 to 13. Raises ValueError if `body` is not 11 digits and a digit or letter."""
    if not _SHAPE.fullmatch(f"A{body}"):
        raise ValueError("the body of a UPN is 11 digits, then a digit or a letter")
    values = (int(character) if character.isdigit() else ALPHABET.index(character) for character in body)
    return ALPHABET[sum(weight * value for weight, value in enumerate(values, start=2)) % len(ALPHABET)]


def validate(text: str) -> UpnVerdict:
    """Looks at a UPN as typed or imported. A temporary one ends in a letter."""
    upn = re.sub(r"\s", "", text).upper()
    if not upn:
        return UpnVerdict(upn, ok=False, temporary=False, message="There is no UPN.")
    if len(upn) != LENGTH:
        message = f"A UPN has 13 characters; this one has {len(upn)}."
        return UpnVerdict(upn, ok=False, temporary=False, message=message)
    if not _SHAPE.fullmatch(upn):
        message = "A UPN is a letter, 11 digits, then a digit or a letter; the letters I, O and S are never used."
        return UpnVerdict(upn, ok=False, temporary=False, message=message)
    temporary = upn[-1].isalpha()
    if upn[0] != check_letter(upn[1:]):
        message = "The first letter of this UPN does not fit its digits; one character is probably mistyped."
        return UpnVerdict(upn, ok=False, temporary=temporary, message=message)
    return UpnVerdict(upn, ok=True, temporary=temporary, message="")


def slip(one: str, other: str) -> bool:
    """Whether two numbers differ by one slip of the keyboard: one character, or two beside each other changed places.
    Two good permanent numbers always differ by more, because the check letter then differs as well."""
    if len(one) != LENGTH or len(other) != LENGTH:
        return False
    places = [place for place in range(LENGTH) if one[place] != other[place]]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(places) == 1
