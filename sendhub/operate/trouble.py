"""What went wrong, in one sentence for whoever sits at the keyboard, with what to do."""


class Trouble(Exception):
    """Its text is the sentence. It never quotes a row."""
