"""A letter polished by a language model that the user has set up for the ``llm`` package; it may add nothing."""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import urlsplit

from dictate.errors import InputError
from dictate.records import plain
from dictate.review.letter import LONGEST
from dictate.review.plan import telling

# Plugins of llm whose models run on the machine itself.
LOCAL = (
    "llm_ollama",
    "llm_gpt4all",
    "llm_llama_server",
    "llm_llamafile",
    "llm_mlx",
    "llm_gguf",
    "llm_llama_cpp",
    "llm_mlc",
)
_HERE = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0")
_ELSEWHERE = re.compile(r"[:-]cloud\Z")  # how Ollama names models that it does not run itself
_NEGATION = re.compile(r"\b(?:not|never|no|none|nothing|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_ASK = (
    "Polish this thank-you letter after a job interview. Keep every fact, name, number and promise as it is, add none, "
    "keep what is in square brackets, keep the greeting and the last lines, and stay under 120 words. Answer with the "
    "letter alone.\n\n"
)


def find(name: str | None) -> Any:
    """A model by its name or alias; None is the user's default."""
    try:
        import llm
    except ImportError as error:
        raise InputError(
            "the llm package is not installed: pip install 'dictate-debrief[llm]', then try again"
        ) from error
    try:
        return llm.get_model(name or None)
    except llm.UnknownModelError as error:
        raise InputError(f"llm knows no model {name!r}: `llm models` lists those you have set up") from error


def is_local(model: Any) -> bool:
    """Whether it surely runs on this machine."""
    plugin = type(model).__module__.split(".")[0]
    address = getattr(model, "api_base", None) or (plugin == "llm_ollama" and os.environ.get("OLLAMA_HOST"))
    if _ELSEWHERE.search(str(getattr(model, "model_id", ""))) or (address and not _is_here(str(address))):
        return False
    return bool(getattr(model, "api_base", None)) or plugin in LOCAL


def _is_here(address: str) -> bool:
    """Whether an address, with or without a scheme, is one of this machine."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return False
    return bool(_HERE.fullmatch(host or ""))


def polished(letter: str, model: Any) -> str:
    """The letter as the model words it; an answer that adds anything is refused."""
    try:
        answer = str(model.prompt(_ASK + letter).text()).strip()
    except Exception as error:  # each plugin of llm raises its own
        raise InputError(f"{model.model_id} gives no answer ({plain(str(error))[:100]}); the draft stays") from error
    if not answer:
        raise InputError(f"{model.model_id} gives an empty answer; the draft stays")
    if len(answer.split()) > LONGEST:
        raise InputError(f"{model.model_id} makes it longer than {LONGEST} words; the draft stays")
    if len(_NEGATION.findall(answer)) != len(_NEGATION.findall(letter)):
        raise InputError(f"{model.model_id} adds a 'not', or drops one; the draft stays")
    if added := added_by(letter, answer):
        raise InputError(f"{model.model_id} adds what no note says ({', '.join(added[:5])}); the draft stays")
    return answer


def added_by(before: str, after: str) -> list[str]:
    """Numbers, names and telling words of a letter that were not in it before, but for those of politeness."""
    known = telling(before) | _POLITE
    words: list[str] = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", after)
    new = [word for word in words if any(c.isdigit() for c in word) and word not in before]
    new += [word for word in words if (stems := telling(word)) and not stems <= known and not word[0].isdigit()]
    return [*dict.fromkeys(new)]


_POLITE = telling(
    "thank thanks thanking grateful gratitude appreciate appreciated enjoyed enjoy pleasure kind kindly warm "
    "warmly regards "
    "sincerely best wishes dear hello conversation meeting discussion learning learned mention mentioned add "
    "share opportunity "
    "forward looking delighted pleased glad truly much greatly especially particularly interesting insight interested "
    "taking hearing detail further able chance like would role position team experience briefly wanted"
)
