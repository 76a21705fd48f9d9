"""A letter polished by a language model that the user has set up for the ``llm`` package; it may add nothing."""

from __future__ import annotations

import re
from typing import Any

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
_HERE = re.compile(r"\Ahttps?://(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?(?:/|\Z)")
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
    address = getattr(model, "api_base", None)
    if address:
        return bool(_HERE.match(str(address)))
    return type(model).__module__.split(".")[0] in LOCAL


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
