"""The world that a persona walks on: the journey as this persona sees it, compiled for speed."""

import copy
import math
from dataclasses import dataclass
from typing import NamedTuple

from book import Tree
from problems import PROBLEMS

UNITS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}

Lognormal = tuple[float, float]     # log of the median in milliseconds, sigma


class Edge(NamedTuple):
    to: str
    weight: float
    condition: str      # a pain or goal that must be there, or ""
    exception: str      # a pain or goal that must not be there, or ""


@dataclass
class Stop:
    """A touchpoint through one channel, ready to be walked."""

    importance: float
    duration: Lognormal
    shape: tuple[float, float]                          # the beta's parameters
    pains: list[tuple[str, float, float, float]]        # id, probability, after, severity
    resolves: list[tuple[str, float]]
    fulfils: list[tuple[str, float]]
    edges: list[Edge]
    guarded: bool
    given_up: str


class World(NamedTuple):
    """For each touchpoint its channels with cumulative shares, and what the persona brings along."""

    start: str
    stops: dict[str, tuple[list[float], list[Stop]]]
    person: Tree
    patience: Lognormal
    satisfaction: Tree
    lingering: dict[str, float]         # of the pains other than reported problems
    outcomes: set[str]


def milliseconds(text: str) -> float:
    number, unit = text.split()
    return float(number) * UNITS[unit]


def lognormal_law(law: Tree) -> Lognormal:
    return math.log(milliseconds(law["lognormal"]["median"])), law["lognormal"]["sigma"]


def normal_next(edges: Tree) -> Tree:
    """Edges, each with its weight by name."""
    return {to: dict(edge) if isinstance(edge, dict) else {"weight": edge} for to, edge in edges.items()}


def apply_overrides(tree: Tree, persona: str) -> Tree:
    """The journey as this persona sees it."""
    own = copy.deepcopy(tree)
    for touchpoint in own["touchpoints"].values():
        for holder in (touchpoint, *touchpoint.get("channels", {}).values()):
            if "next" in holder:
                holder["next"] = normal_next(holder["next"])
    for change in tree["personas"][persona]["overrides"]:
        *path, last = change["set"].split(".")
        holder = own
        for key in path:
            holder = holder[key]
        holder[last] = normal_next(change["to"]) if last == "next" else copy.deepcopy(change["to"])
    return own


def guard(entry: Tree | None) -> str:
    return next(iter(entry.values())) if entry else ""


def compile_stop(tree: Tree, fields: Tree) -> Stop:
    """One touchpoint with one channel's fields laid over it."""
    law = fields["experience"]["beta"]
    m = law["mean"] / 10
    n = m * (1 - m) / (law["sd"] / 10) ** 2 - 1
    pains = [(pain, use.get("probability", 0.0), milliseconds(use["after"]) if "after" in use else math.inf,
              tree["pains"][pain]["severity"]) for pain, use in sorted(fields.get("pains", {}).items())]
    edges = [Edge(to, edge["weight"], guard(edge.get("if")), guard(edge.get("unless")))
             for to, edge in sorted(fields["next"].items())]
    return Stop(
        importance=fields["importance"],
        duration=lognormal_law(fields["duration"]),
        shape=(m * n, (1 - m) * n),
        pains=pains,
        resolves=[(pain, use["probability"]) for pain, use in sorted(fields.get("resolves", {}).items())],
        fulfils=list(fields.get("fulfils", {}).items()),
        edges=edges,
        guarded=any(edge.condition or edge.exception for edge in edges),
        given_up=fields.get("if_given_up", "abandoned"),
    )


def compile_world(tree: Tree, persona: str) -> World:
    own, person = apply_overrides(tree, persona), tree["personas"][persona]
    stops = {}
    for name, touchpoint in own["touchpoints"].items():
        shares, compiled, total = [], [], 0.0
        for channel, fields in touchpoint.get("channels", {"": {"share": 1}}).items():
            total += fields["share"] * person["channels"].get(channel, 1)
            shares.append(total)
            compiled.append(compile_stop(own, touchpoint | fields))
        stops[name] = (shares, compiled)
    start = own["start"]
    return World(
        start=start if isinstance(start, str) else next(iter(start)),
        stops=stops,
        person=person,
        patience=lognormal_law(person["patience"]),
        satisfaction=tree["satisfaction"],
        lingering={pain: fields.get("lingering", 0) for pain, fields in tree["pains"].items() if pain not in PROBLEMS},
        outcomes={*tree["outcomes"], "abandoned"},
    )
