"""Why a file was not taken. One exception; its words are for the person who chose the file."""


class Refused(ValueError):
    """One plain sentence or two: what is wrong and what to do. Says nothing of what is in the file."""
