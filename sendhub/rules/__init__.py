"""The law in plain Python: standard library only, no Django, no clock.

Today's date and the school's calendar are arguments; frozen dataclasses come back.
What does not live here: anything that reads or writes the database, and the words of a screen.
"""
