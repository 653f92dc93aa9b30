"""The levels: satisfaction at the end of the journey, of all agents of each persona."""

import math
from typing import NamedTuple

from walk import Result

Results = dict[str, list[Result]]               # persona: its agents
Bins = list[tuple[float, float]]                # satisfaction, share of agents


class Population(NamedTuple):
    """Who answers: each persona's share, and how satisfied its agents are."""

    shares: dict[str, float]
    levels: dict[str, Bins]


def final_levels(results: Results, lingering: float) -> dict[str, list[float]]:
    """Satisfaction at the outcome, clamped."""

    def level(r: Result) -> float:
        return min(10.0, max(0.0, r.satisfaction - r.other_lingering - lingering * r.open_problems))

    return {persona: [level(r) for r in own] for persona, own in results.items()}


def average(shares: dict[str, float], values: dict[str, list[float]]) -> float:
    return math.fsum(shares[p] * math.fsum(v) / len(v) for p, v in values.items())


def binned(values: list[float], width: float = 0.02) -> Bins:
    """A fine histogram."""
    counts: dict[int, int] = {}
    for value in values:
        counts[round(value / width)] = counts.get(round(value / width), 0) + 1
    return [(key * width, count / len(values)) for key, count in sorted(counts.items())]
