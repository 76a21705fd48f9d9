"""The user's settings and vocabulary, from one TOML file; without it, the defaults."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dictate import paths
from dictate.errors import InputError
from dictate.records import ENGINES, EngineName


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may set once instead of at every command."""

    engine: EngineName = "auto"
    language: str | None = None  # ISO 639-1; None: told from the speech
    model: str = "base"
    vocabulary: tuple[str, ...] = ()  # names and terms that speech recognition should spell right


def read_settings(file: Path | None = None) -> Settings:
    """The settings in a file, by default the user's own."""
    file = file or paths.settings_file()
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise InputError(f"cannot read the settings in {file}: {error.strerror}") from error
    except ValueError as error:  # not TOML, or not UTF-8
        raise InputError(
            f"cannot understand the settings in {file}: {error}; correct it, or remove the file"
        ) from error
    return Settings(**{key: _checked(file, key, value) for key, value in values.items()})


def _checked(file: Path, key: str, value: Any) -> Any:
    known = [field.name for field in fields(Settings)]
    if key not in known:
        raise InputError(f"{file}: unknown setting {key!r}; there are: {', '.join(known)}")
    if key == "vocabulary":
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise InputError(f'{file}: vocabulary must be a list of words, such as ["Kubernetes", "Ngozi"]')
        return tuple(value)
    if not isinstance(value, str):
        raise InputError(f"{file}: {key} must be a text in quotes, not {value!r}")
    if key == "engine" and value not in ENGINES:
        raise InputError(f"{file}: engine must be one of {', '.join(ENGINES)}, not {value!r}")
    return value
