"""Dictate: what is said aloud after a job interview becomes notes, on the speaker's own machine."""

__version__ = "0.1.0"
