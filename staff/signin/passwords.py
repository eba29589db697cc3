"""What a password may not lean on: the person's own name and address, their school's name, the word SENDCO. Length
and common ones are Django's own validators (settings)."""

import re

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError

from staff.queries import places_of

EVERYWHERE = {"sendhub", "sendco", "senco", "school", "academy", "college", "password", "welcome", "teacher"}
LEFT = 8  # letters and digits that must remain when those words are taken out
SENTENCE = "This password leans on your school's name or a word such as SENDCO. Use other words, or more of them."


class NotYourself(UserAttributeSimilarityValidator):
    """Not like the person's own name or address."""

    def __init__(self):
        super().__init__(user_attributes=("name", "email"))


class NotTheSchool:
    """`Oakfield2026!` is long, and the first that a pupil would try."""

    def validate(self, password, user=None):
        left = whole = re.sub(r"[^a-z0-9]", "", password.lower())
        for word in sorted(EVERYWHERE | school_words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < min(LEFT, len(whole)):  # one that is only short is told so, and no more
            raise ValidationError(SENTENCE, code="password_leans_on_school")

    def get_help_text(self):
        return "Your password can not be your school's name with a few characters added."


def school_words(user):
    """Words of four letters and more from the names of the user's schools, and of one that they are joining
    (`user.joining`, set before the first password)."""
    schools = [place.school for place in places_of(user)] if user is not None and user.pk else []
    schools += [user.joining] if hasattr(user, "joining") else []
    text = " ".join(f"{school.name} {school.slug}" for school in schools).lower()
    return {word for word in re.findall(r"[a-z0-9]+", text) if len(word) >= 4}
