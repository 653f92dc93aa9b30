"""The comparison: the survey beside the fitted model, in words and numbers."""

import math

from answer import at_most, modelled_bars, slope_of
from book import Book
from figures import histogram, nps, rated, share
from fit import Fitted, with_problem
from levels import average, final_levels
from survey import had_problem, recommends, told_of_problems


def comparison(book: Book, fitted: Fitted) -> str:
    """A table of the personas, the histogram, and a few figures, of which two were not fitted."""
    return "\n".join(persona_lines(book, fitted) + histogram_lines(book, fitted)
                     + problem_lines(book, fitted) + [last_line(book, fitted)])


def model_bars(fitted: Fitted) -> dict[str, list[float]]:
    """The model's shares of the answers 0..10, of all and of each persona."""
    shares, levels = fitted.people
    bars = {p: modelled_bars(levels[p], fitted.answer.biases[p], fitted.answer) for p in levels}
    return {"all": [math.fsum(shares[p] * bars[p][k] for p in levels) for k in range(11)]} | bars


def persona_lines(book: Book, fitted: Fitted) -> list[str]:
    shares, satisfied = fitted.people.shares, final_levels(fitted.results, fitted.lingering)
    visits = {p: [float(r.visits) for r in own] for p, own in fitted.results.items()}
    lines = ["            n   NPS survey (95 %)    model   satisfaction survey, model   visits"]
    for name, bars in model_bars(fitted).items():
        rows = [row for row in (book.now if name == "all" else book.of(name)) if recommends(row)]
        who = shares if name == "all" else {name: 1.0}
        asked, model = nps(rows), 100 * (math.fsum(bars[9:]) - math.fsum(bars[:7]))
        lines.append(f"{name:10}{len(rows):5}   {asked.mean:5.1f} +- {asked.margin:4.1f}      {model:7.1f}   "
                     f"{rated(rows, 'r_all').mean:12.2f}   {average(who, {p: satisfied[p] for p in who}):5.2f}   "
                     f"{average(who, {p: visits[p] for p in who}):14.1f}")
    return lines


def histogram_lines(book: Book, fitted: Fitted) -> list[str]:
    both = {"survey": histogram(book.now), "model": model_bars(fitted)["all"]}
    return [f"{name:7}0..10 " + " ".join(f"{100 * bar:5.1f}" for bar in bars) + "  %" for name, bars in both.items()]


def problem_lines(book: Book, fitted: Fitted) -> list[str]:
    """A figure that was not fitted: the NPS of passengers with and without a problem."""
    answer, lines = fitted.answer, []
    final = final_levels(fitted.results, fitted.lingering)
    for met in (True, False):
        asked = nps(with_problem(book, met))
        total = points = 0.0
        for persona, own in fitted.results.items():
            chosen = [(level, 1.0) for level, r in zip(final[persona], own) if r.met_problem == met]
            cut = [at_most(chosen, answer.thresholds[k] - answer.biases[persona], answer.spread)[0] for k in (6, 8)]
            part = fitted.people.shares[persona] / len(own)
            total += part * len(chosen)
            points += part * 100 * (len(chosen) - cut[1] - cut[0])
        lines.append(f"NPS {'with a' if met else 'without'} problem (not fitted): "
                     f"survey {asked.mean:.1f} +- {asked.margin:.1f}, model {points / total:.1f}")
    return lines


def last_line(book: Book, fitted: Fitted) -> str:
    problem = share(book.now, had_problem, told_of_problems).mean
    hit = average(fitted.people.shares, {p: [float(r.met_problem) for r in own] for p, own in fitted.results.items()})
    return (f"met a problem: survey {100 * problem:.1f} %, model {100 * hit:.1f} %; "
            f"NPS per point: survey {fitted.asked.slope:.1f}, model {slope_of(fitted.people, fitted.answer):.1f}; "
            f"lingering {fitted.lingering}")
