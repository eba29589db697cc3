"""One cell of a file read as one thing: text, a day, yes or no. Codes and their spellings are in rules.codes."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from sendhub.rules.names import plain

EXCEL_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
SERIAL_NOUGHT = date(1899, 12, 30)
SERIALS = range(20_000, 60_000)  # October 1954 to April 2064
DAY_FORMS = ("%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d %b %y")


class BadCell(ValueError):
    """A cell that can not be read. Its text is a sentence for the person who brought the file, without the row."""


def text(cell):
    """The cell as one line of text: whole numbers lose ".0", days become ISO, accents are composed. An error of Excel's
    (#N/A) is nothing."""
    if isinstance(cell, str) and cell.isascii() and cell.isprintable():  # nearly every cell, and there are many
        words = " ".join(cell.split())
        return "" if words.startswith("#") and words in EXCEL_ERRORS else words
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "T" if cell else "F"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    line = unicodedata.normalize("NFC", str(cell))
    line = "".join(character if character.isprintable() else " " for character in line)
    return " ".join(line.split())


def day(cell, what, american=False):
    """The date in a cell, day before month; None for a blank. Raises BadCell: "The date of birth can not be read.".

    A number in a workbook's cell is a date that lost its format: Excel counts days. With `american` nothing that is
    written day/month is believed.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and cell in SERIALS:
        return SERIAL_NOUGHT + timedelta(days=cell)
    words = text(cell)
    if not words:
        return None
    words = re.sub(r"[ T]00:00(:00)?(\.0+)?$", "", words)
    if american and re.match(r"\d\d?[/.-]\d\d?[/.-]\d", words):
        raise BadCell(f"The {what} seems to have its month first. Export the file again with day/month/year.")
    for form in DAY_FORMS:
        try:
            found = datetime.strptime(words, form).date()
        except ValueError:
            continue
        if 1900 <= found.year <= 2100:
            return found
    raise BadCell(f"The {what} can not be read.")


def whole(words, most):
    """The number that the text is, from 0 to `most`; None for anything else, be it as long as it may."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 and int(words) <= most else None


def short(cell, what, limit):
    """Text that must fit a column of `limit` characters. Raises BadCell."""
    words = text(cell)
    if len(words) > limit:
        raise BadCell(f"The {what} is longer than {limit} letters.")
    return words


def split_name(cell):
    """("Wójcik", "Łukasz") from "Wójcik, Łukasz". Raises BadCell without a comma: which word is the surname?"""
    surname, comma, forename = text(cell).partition(",")
    if not (comma and surname.strip() and forename.strip()):
        raise BadCell("The name is not written as “Surname, Forename”.")
    return surname.strip(), forename.strip()


def last_of(cell):
    """Of Arbor's "Year 8: 8B, Year 9: 9C" the last part without its year: "9C"; plain text stays."""
    return text(cell).split(",")[-1].split(": ")[-1].strip()


def number_key(words):
    """A school number to compare by: a spreadsheet takes the noughts away from "004012"."""
    return words.lstrip("0") if words.isascii() and words.isdigit() else words.casefold()


def email(cell):
    """(address, note): an address that could not be one is left out and noted."""
    words = text(cell)
    if words and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", words):
        return "", "An e-mail address can not be one and was left out"
    if len(words) > 254:
        return "", "An e-mail address is too long and was left out"
    return words, ""


def name_key(words):
    """A name to find people by: no case, accents, spaces, hyphens or apostrophes."""
    return "".join(character for character in plain(words) if character.isalnum())
