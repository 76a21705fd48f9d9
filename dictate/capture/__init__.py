"""Microphone and media files to samples, and what a file tells of itself."""
