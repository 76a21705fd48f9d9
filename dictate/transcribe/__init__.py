"""Samples to words with times, by Whisper.

To be read in the order of the signal: ``activity`` (where somebody speaks), ``pieces`` (speech cut to windows),
``engine`` with ``faster`` and ``reference`` (a window to words), ``decoding`` (trying again), ``guard`` (no invented
words), ``recording`` (the whole of it), ``formats`` (a transcript as text, subtitles and JSON).
"""
