"""What both the page and the drawing need to know of ties: which are bent, and what is written beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from viz.pictures.labels import short
from viz.pictures.look import stroke
from viz.pictures.model import Tie

_FEW = 24  # ties that are labelled on the picture; of those that sum up others, this many times two


def bends_of(ties: Iterable[Tie]) -> list[int]:
    """How far each tie is bent, so that several between the same two things lie beside each other."""
    seen: Counter[frozenset[str]] = Counter()
    bends = []
    for tie in ties:
        pair = frozenset((tie.source, tie.target))
        # the first is straight, the next bend to one side and to the other; seen from the other end the sides change
        turn = (seen[pair] + 1) // 2 * (1 if seen[pair] % 2 else -1) * (1 if tie.source < tie.target else -1)
        bends.append(turn)
        seen[pair] += 1
    return bends


def labels_of(ties: Sequence[Tie]) -> list[str]:
    """What is written beside each tie: its relation where there are few, how many it sums up where that is most."""
    if len(ties) <= _FEW:
        return [short(stroke(tie.relation).zh, 20) + (f" {tie.count}" if tie.count > 1 else "") for tie in ties]
    least = sorted((tie.count for tie in ties), reverse=True)[: 2 * _FEW][-1]
    return [str(tie.count) if tie.count > 1 and tie.count >= least else "" for tie in ties]
