"""The answer: how likely a satisfied passenger is to recommend, fitted to the survey's answers."""

import math
from collections.abc import Callable
from typing import NamedTuple

from levels import Bins, Population

ROUNDS = 12         # thresholds and biases in turns
HALVINGS = 14       # of the interval that holds the spread


class Answer(NamedTuple):
    """The recommendation part of the model: an ordered logit with a bias for each persona."""

    spread: float
    thresholds: list[float]
    biases: dict[str, float]


class Asked(NamedTuple):
    """What the survey says about the answers."""

    bars: list[float]           # shares of 0..10
    nps: dict[str, float]       # of each persona
    slope: float                # NPS points per point of satisfaction
    slope_error: float          # its standard error


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else 1 - 1 / (1 + math.exp(x))


def at_most(levels: Bins, threshold: float, spread: float) -> tuple[float, float]:
    """P(Y <= k) of one persona for a threshold from which the bias is taken, and its density."""
    total = density = 0.0
    for s, p in levels:
        f = logistic((threshold - s) / spread)
        total += p * f
        density += p * f * (1 - f) / spread
    return total, density


def modelled_bars(levels: Bins, bias: float, answer: Answer) -> list[float]:
    """Shares of the answers 0..10 of one persona."""
    upto = [at_most(levels, t - bias, answer.spread)[0] for t in answer.thresholds] + [1.0]
    return [upto[0]] + [b - a for a, b in zip(upto, upto[1:])]


def slope_of(people: Population, answer: Answer) -> float:
    """NPS points gained if everybody were one point more satisfied, in the limit of a small step."""
    return 100 * math.fsum(people.shares[p] * math.fsum(
        at_most(own, answer.thresholds[k] - answer.biases[p], answer.spread)[1] for k in (6, 8))
        for p, own in people.levels.items())


def solve(function: Callable[[float], tuple[float, float]], wanted: float, x: float) -> float:
    """Newton's method on a rising function, kept from leaping."""
    for _ in range(60):
        value, slope = function(x)
        step = max(-1.0, min(1.0, (wanted - value) / max(slope, 1e-9)))
        x += step
        if abs(step) < 1e-9:
            break
    return x


def fit_answer(people: Population, asked: Asked) -> Answer:
    """The spread that gives the survey's slope; the slope falls as the spread grows."""
    answer = Answer(1.0, [k + 0.5 for k in range(10)], {p: 0.0 for p in people.levels})
    low, high = 0.3, 3.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        answer = fit_with_spread(people, asked, middle, answer)
        low, high = (middle, high) if slope_of(people, answer) > asked.slope else (low, middle)
    return fit_with_spread(people, asked, round((low + high) / 2, 3), answer)


def fit_with_spread(people: Population, asked: Asked, spread: float, start: Answer) -> Answer:
    """Thresholds from the whole histogram and a bias for each persona's NPS, in turns."""
    shares, levels = people
    thresholds, biases = list(start.thresholds), dict(start.biases)
    for _ in range(ROUNDS):
        for k in range(10):
            def mixture(t: float) -> tuple[float, float]:
                parts = [(shares[p], at_most(levels[p], t - biases[p], spread)) for p in levels]
                return math.fsum(w * v[0] for w, v in parts), math.fsum(w * v[1] for w, v in parts)
            thresholds[k] = solve(mixture, math.fsum(asked.bars[:k + 1]), thresholds[k])
        for p in levels:
            def score_of(bias: float) -> tuple[float, float]:
                low = at_most(levels[p], thresholds[6] - bias, spread)
                high = at_most(levels[p], thresholds[8] - bias, spread)
                return 1 - high[0] - low[0], high[1] + low[1]
            biases[p] = solve(score_of, asked.nps[p] / 100, biases[p])
        centre = math.fsum(shares[p] * biases[p] for p in levels)
        biases = {p: bias - centre for p, bias in biases.items()}
    return Answer(spread, thresholds, biases)
