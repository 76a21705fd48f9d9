"""Where decoded sound belongs in time, when packets are lost or a file's clock jumps.

Sound is laid end to end; silence goes where the file's clock says that something is missing, so that times stay
right. A clock that runs back, or jumps further than a memo's pause, is not believed.
"""

from __future__ import annotations

from collections.abc import Sequence

GAP_S = 0.25  # less is jitter
GAP_AFTER_DAMAGE_S = 0.02
GAP_WORTH_TELLING_S = 0.5
MAX_GAP_S = 600.0
MAX_SILENCE_S = 3600.0  # in all, so that a damaged clock cannot make days of silence
PLACES_TOLD = 3


class Timeline:
    """Follows the sound of one track and says how much silence goes before each piece of it."""

    def __init__(self, origin_s: float | None = None) -> None:
        self.end_s = 0.0  # of what has been placed
        self._origin_s = origin_s
        self._shift_s = 0.0  # from the file's clock to ours
        self._lost_s = 0.0  # since the last sound
        self._silence_s = 0.0
        self._damaged: list[float] = []
        self._damage_s = 0.0
        self._gaps: list[float] = []
        self._jumps: list[float] = []

    def lose(self, length_s: float, clocked_s: float) -> None:
        """Note sound that could not be decoded, and how far the file's clock goes on over it."""
        if not self._lost_s:
            self._damaged.append(self.end_s)
        self._lost_s += length_s
        self._shift_s += length_s - clocked_s

    def place(self, clock_s: float | None, length_s: float) -> float:
        """Lay sound at the file's time (None: unknown); returns the seconds of silence that go before it."""
        silence_s = self._allowed(self._gap(clock_s))
        self.end_s += silence_s + length_s
        self._lost_s = 0.0
        return silence_s

    def finish(self) -> float:
        """Seconds of silence that stand for what was lost at the end."""
        silence_s = self._allowed(self._lost_s)
        self.end_s += silence_s
        self._lost_s = 0.0
        return silence_s

    def warnings(self) -> tuple[str, ...]:
        """What a person should know of the damage, a sentence each."""
        told = []
        if self._damaged:
            told.append(f"damaged {places(self._damaged)}: {self._damage_s:.1f} s are silence")
        if self._gaps:
            told.append(f"the file holds no sound for a while {places(self._gaps)}: kept as silence")
        if self._jumps:
            told.append(f"the file's clock jumps {places(self._jumps)}: times after that are counted on")
        return tuple(told)

    def _gap(self, clock_s: float | None) -> float:
        """Seconds missing before the sound at the file's time; brings the two clocks together."""
        if clock_s is None:
            return self._lost_s
        if self._origin_s is None:
            self._origin_s = clock_s
        gap_s = clock_s - self._origin_s + self._shift_s - self.end_s
        if gap_s > MAX_GAP_S or gap_s < -GAP_S:
            self._shift_s -= gap_s - self._lost_s
            self._jumps.append(self.end_s)
            return self._lost_s
        return gap_s if gap_s > (GAP_AFTER_DAMAGE_S if self._lost_s else GAP_S) else 0.0

    def _allowed(self, silence_s: float) -> float:
        allowed_s = min(silence_s, MAX_GAP_S, MAX_SILENCE_S - self._silence_s)
        self._shift_s -= silence_s - allowed_s
        self._silence_s += allowed_s
        if self._lost_s:
            self._damage_s += allowed_s
        elif self.end_s and allowed_s >= GAP_WORTH_TELLING_S:
            self._gaps.append(self.end_s)
        return allowed_s


def places(moments_s: Sequence[float]) -> str:
    """``at 0:12, 1:40, 2:03 and 7 more places``."""
    first = ", ".join(clock(moment_s) for moment_s in moments_s[:PLACES_TOLD])
    more = len(moments_s) - PLACES_TOLD
    return f"at {first} and {more} more place{'s' * (more > 1)}" if more > 0 else f"at {first}"


def clock(moment_s: float) -> str:
    """A moment as people read it: ``m:ss``, from an hour on ``h:mm:ss``."""
    minutes, seconds = divmod(int(moment_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
