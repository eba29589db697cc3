"""What leaves the house: headers, texts, attachments."""

import email
from email.policy import default

import pytest
from django.template import engines

from sendhub import outbox
from sendhub.outbox import letters


def letter(**kwargs):
    return letters.Letter(
        **{
            "to": "parent1@example.org",
            "subject": "School meeting",
            "text": "Dear parent,\n.\nsee you there.\n",
            "html": "<p>Dear parent</p>",
            "reply_to": "office@oakfield.example.org",
            "message_id": "<abc@localhost>",
            **kwargs,
        }
    )


def read(content):
    return email.message_from_bytes(content, policy=default)


def test_the_letter_says_that_a_machine_wrote_it_and_keeps_its_id():
    mime = read(letters.to_bytes(letter()))
    assert (mime["Auto-Submitted"], mime["Message-ID"]) == ("auto-generated", "<abc@localhost>")
    assert (mime["To"], mime["Subject"], mime["Reply-To"]) == (
        "parent1@example.org", "School meeting", "office@oakfield.example.org",
    )  # fmt: skip
    assert [part.get_content_type() for part in mime.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_a_letter_may_be_text_alone_and_ask_for_no_reply():
    mime = read(letters.to_bytes(letter(html="", reply_to="")))
    assert (mime.get_content_type(), mime["Reply-To"]) == ("text/plain", None)


def test_a_calendar_keeps_its_method():
    calendar = outbox.Attachment("meeting.ics", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    mime = read(letters.to_bytes(letter(attachments=(calendar,))))
    part = next(mime.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "meeting.ics"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Meeting\r\nBcc: thief@example.org", "Meeting Bcc: thief@example.org"),
        ("Meeting\u2028Bcc: x", "Meeting Bcc: x"),
        ("  Meeting\tat  nine\x00 ", "Meeting at nine"),
        ("Réunion à 9 h", "Réunion à 9 h"),
    ],
)
def test_a_line_break_never_begins_a_header_of_its_own(typed, sent):
    assert letters.one_line(typed) == sent
    mime = read(letters.to_bytes(letter(subject=letters.one_line(typed))))
    assert (mime["Subject"], mime["Bcc"]) == (sent, None)


def test_a_domain_with_letters_beyond_ascii_is_written_as_servers_do():
    assert letters.ascii_address("a@münchen.example") == "a@xn--mnchen-3ya.example"


def test_the_digest_covers_all_that_the_reader_sees():
    note = outbox.Attachment("a.txt", b"1", "text/plain")
    other = outbox.Attachment("a.txt", b"2", "text/plain")
    seen = [
        letter(), letter(to="x@example.org"), letter(subject="x"), letter(text="x"), letter(html="x"),
        letter(reply_to="x@example.org"), letter(attachments=(note,)), letter(attachments=(other,)),
    ]  # fmt: skip
    assert len({each.digest for each in seen}) == len(seen)
    assert letter().digest == letter(message_id="<other@localhost>").digest


def test_names_are_escaped_in_html_and_not_in_text(monkeypatch):
    template = engines["django"].from_string("{{ name }}")
    monkeypatch.setattr(letters, "get_template", lambda name: template)
    assert letters._render("x", {"name": "O'Neill & <b>"}, autoescape=False) == "O'Neill & <b>\n"
    assert letters._render("x", {"name": "O'Neill & <b>"}, autoescape=True) == "O&#x27;Neill &amp; &lt;b&gt;\n"


def test_every_letter_names_the_school_that_it_is_from(queue, oakfield):
    letter = letters.write(queue())
    assert "Oakfield Secondary School" in letter.text
    assert "Oakfield Secondary School" in letter.html
    assert (letter.subject, letter.reply_to) == ("School meeting", "office@oakfield.example.org")
