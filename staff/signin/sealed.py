"""Secrets at rest: authenticator seeds, recovery codes, client secrets. The newest key seals; old ones still open."""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def _keys():
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("SENDHUB_FIELD_KEYS is empty: secrets can not be sealed. See .env.example.")
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def seal(text):
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed):
    """The text. Raises cryptography.fernet.InvalidToken when no key opens it, or someone has changed it."""
    return _keys().decrypt(sealed.encode()).decode()
