"""The walk: the journey model, as far as this journey uses it (no mood, effort or lift)."""

import bisect
import random
from typing import NamedTuple

from book import Tree
from problems import PROBLEMS
from world import Stop, World, compile_world


class Result(NamedTuple):
    """One agent: satisfaction without lingering pains, how many of them are open, what happened."""

    satisfaction: float
    open_problems: int
    other_lingering: float
    met_problem: bool
    visits: int


def walk(tree: Tree, agents: int, seed: int) -> dict[str, list[Result]]:
    """Agents of every persona; the same luck whenever the seed is the same."""
    results = {}
    for persona, person in tree["personas"].items():
        world, draw = compile_world(tree, persona), random.Random(f"{seed} {persona}")
        results[persona] = [walk_one(world, draw) for _ in range(round(agents * person["share"]))]
    return results


def walk_one(world: World, draw: random.Random) -> Result:
    """One agent from start to outcome, step by step as the journey model numbers them."""
    person, anchor, b = world.person, world.satisfaction["anchor"], world.satisfaction["disconfirmation_weight"]
    learning, aversion = person["learning"], person["loss_aversion"]
    expected = draw.gauss(person["expectation"]["normal"]["mean"], person["expectation"]["normal"]["sd"])
    elapsed = weight_sum = weighted = peak = end = 0.0
    state: set[str] = set()
    met_problem, visits, here = False, 0, world.start
    while here in world.stops:
        shares, stops = world.stops[here]
        stop = stops[0] if len(stops) == 1 else pick(stops, shares, draw)
        visits += 1
        duration = draw.lognormvariate(*stop.duration)                       # step 1
        limit = draw.lognormvariate(*world.patience)
        given_up = duration > limit
        elapsed += min(duration, limit)
        q = 0.0
        if not given_up:
            q = 10 * draw.betavariate(*stop.shape)                           # step 2
            for pain, probability, after, severity in stop.pains:            # step 3
                if elapsed > after or (probability > 0 and draw.random() < probability):
                    q -= severity
                    state.add(pain)
                    met_problem = met_problem or pain in PROBLEMS
            q = max(0.0, q)
            for pain, probability in stop.resolves:                          # step 4
                if pain in state and draw.random() < probability:
                    state.discard(pain)
        d = q - expected                                                     # step 5
        m = min(10.0, max(0.0, q + b * (d if d >= 0 else aversion * d)))
        expected += learning * d                                             # step 6
        weight_sum += stop.importance                                        # step 8
        weighted += stop.importance * m
        end = m
        if visits == 1 or abs(m - anchor) > abs(peak - anchor):
            peak = m
        if given_up:
            here = stop.given_up
            continue
        for goal, probability in stop.fulfils:                               # step 10
            if draw.random() < probability:
                state.add(goal)
        here = choose(stop, state, draw)                                     # step 11
    assert here in world.outcomes, here
    return Result(
        satisfaction=remembered(world, peak, end, weighted / weight_sum) - missed_goals(world, state),
        open_problems=sum(pain in state for pain in PROBLEMS),
        other_lingering=sum(lingering for pain, lingering in world.lingering.items() if pain in state),
        met_problem=met_problem,
        visits=visits,
    )


def remembered(world: World, peak: float, end: float, mean: float) -> float:
    memory = world.satisfaction["memory"]
    return memory["peak"] * peak + memory["end"] * end + memory["mean"] * mean


def missed_goals(world: World, state: set[str]) -> float:
    return sum(goal["importance"] for name, goal in world.person["goals"].items() if name not in state)


def pick(stops: list[Stop], shares: list[float], draw: random.Random) -> Stop:
    """A channel, by the cumulative shares."""
    return stops[bisect.bisect_right(shares, draw.random() * shares[-1], 0, len(stops) - 1)]


def choose(stop: Stop, state: set[str], draw: random.Random) -> str:
    """The next node among the open edges."""
    edges = stop.edges if not stop.guarded else [
        e for e in stop.edges if (not e.condition or e.condition in state) and e.exception not in state]
    if len(edges) == 1:
        return edges[0].to
    left = draw.random() * sum(e.weight for e in edges)
    for edge in edges:
        left -= edge.weight
        if left < 0:
            return edge.to
    return edges[-1].to
