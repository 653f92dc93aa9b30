"""The fit: five conditions that the survey sets to the walk, solved one after the other.

1. disconfirmation_weight: mean satisfaction = weighted r_all.
2. lingering of the reported problems: with and without a problem, satisfaction differs as r_all does.
3. thresholds: the eleven bars of netpro, weighted.
4. each persona's bias: its NPS, weighted (the biases' weighted mean is 0).
5. spread: a point of satisfaction moves the NPS as a point of the passengers' mean rating does.
"""

import math
from typing import NamedTuple

from answer import Answer, Asked, fit_answer
from book import Book
from calibrate import write_calibrate
from drivers import nps_slope
from figures import histogram, nps, rated
from levels import Population, Results, average, binned, final_levels
from problems import PROBLEMS
from survey import Row, had_problem, told_of_problems
from walk import walk

AGENTS = 140_000    # divided among the personas by their shares
SEED = 2017


class Fitted(NamedTuple):
    """The fitted model, and what it was fitted to."""

    results: Results
    lingering: float
    people: Population
    answer: Answer
    asked: Asked


def fit(book: Book) -> Fitted:
    """Fills in what the survey determines only through the walk."""
    tree = book.tree
    total = math.fsum(person["share"] for person in tree["personas"].values())
    shares = {name: person["share"] / total for name, person in tree["personas"].items()}
    results, lingering = fit_satisfaction(book, shares)
    levels = {persona: binned(values) for persona, values in final_levels(results, lingering).items()}
    people = Population(shares, levels)
    asked = Asked(histogram(book.now), {p: nps(book.of(p)).mean for p in levels}, *nps_slope(book.now))
    answer = fit_answer(people, asked)
    for problem in PROBLEMS:
        tree["pains"][problem]["lingering"] = lingering
    tree["recommendation"] = {"spread": answer.spread, "thresholds": [round(t, 3) for t in answer.thresholds]}
    for persona, bias in answer.biases.items():
        tree["personas"][persona]["recommendation"]["bias"] = round(bias, 3)
    write_calibrate(book, answer, asked)
    return Fitted(results, lingering, people, answer, asked)


def fit_satisfaction(book: Book, shares: dict[str, float]) -> tuple[Results, float]:
    """The weight of disconfirmation such that mean satisfaction is r_all, and with it the lingering."""
    wanted = rated(book.now, "r_all").mean

    def attempt(b: float) -> tuple[float, Results, float]:
        book.tree["satisfaction"]["disconfirmation_weight"] = b
        results = walk(book.tree, AGENTS, SEED)
        lingering = fit_lingering(book, results, shares)
        return average(shares, final_levels(results, lingering)) - wanted, results, lingering

    low, high = 0.0, 0.5
    at_low, at_high = attempt(low), attempt(high)
    if at_low[0] <= 0:
        return at_low[1], at_low[2]
    while True:
        b = round(low + (high - low) * at_low[0] / (at_low[0] - at_high[0]), 3)
        at = attempt(b)
        if abs(at[0]) < 0.001 or b in (low, high):
            return at[1], at[2]
        if at[0] > 0:
            low, at_low = b, at
        else:
            high, at_high = b, at


def fit_lingering(book: Book, results: Results, shares: dict[str, float]) -> float:
    """How long problems stay in mind: passengers with and without one differ in r_all as in the survey."""
    with_one, without = (rated(with_problem(book, met), "r_all") for met in (True, False))
    sums = {met: [0.0, 0.0, 0.0] for met in (True, False)}      # share, satisfaction, open problems
    for persona, own in results.items():
        for r in own:
            cell = sums[r.met_problem]
            cell[0] += shares[persona] / len(own)
            cell[1] += shares[persona] / len(own) * (r.satisfaction - r.other_lingering)
            cell[2] += shares[persona] / len(own) * r.open_problems
    level = {met: cell[1] / cell[0] for met, cell in sums.items()}
    remain = sums[True][2] / sums[True][0]
    return round(max(0.0, (without.mean - with_one.mean - (level[False] - level[True])) / remain), 2)


def with_problem(book: Book, met: bool) -> list[Row]:
    """The passengers who met a problem, or those who say that they met none."""
    return [row for row in book.now if told_of_problems(row) and had_problem(row) == met]
