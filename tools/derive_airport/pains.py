"""The pains: what passengers reported, how often it strikes, and what it takes off the rating."""

from assumptions import assumed
from book import Book, Tree
from figures import rated, share
from problems import PROBLEMS, Problem, at_place
from usage import reach


def probability(book: Book, problem: Problem) -> float:
    """How often a visitor of the touchpoint meets the problem; a delay is a touchpoint of its own."""
    if problem.place == "delay":
        return 1.0
    return share(book.now, problem.reported).mean / reach(book, problem.place)


def problems_at(book: Book, place_id: str) -> Tree:
    """The problems of a touchpoint as its pains."""
    result: Tree = {}
    for name, problem in at_place(place_id).items():
        codes, count = ", ".join(map(str, problem.codes)), sum(map(problem.reported, book.now))
        book.note(f"touchpoints.{place_id}.pains.{name}", f"Q15COM {codes}: n {count}")
        result[name] = {"probability": round(probability(book, problem), 4)}
    return result


def severity(book: Book, name: str) -> float:
    """How much lower the passengers with the problem rate than those without."""
    problem = PROBLEMS[name]
    met = rated(filter(problem.reported, book.now), problem.column)
    spared = rated((row for row in book.now if not problem.reported(row)), problem.column)
    book.note(f"pains.{name}", f"{problem.column} {met.mean:.2f} with (n {met.n}), {spared.mean:.2f} without")
    return round(max(0.0, spared.mean - met.mean), 1)


def write_pains(book: Book) -> Tree:
    """Reported problems with the severity that the ratings show, and the two of the clock; the fit adds lingering."""
    result: Tree = {}
    for name, problem in PROBLEMS.items():
        result[name] = {"label": problem.label, "severity": severity(book, name), "lasting": True, "lingering": 0.0}
    result["rushed"] = {"label": "Has to rush", "severity": assumed("rushed"), "lasting": True}
    result["too_late"] = {"label": "Too late for the flight", "severity": assumed("too_late"), "lasting": True,
                          "lingering": assumed("too_late.lingering")}
    book.note("pains.rushed", "assumed")
    book.note("pains.too_late", "assumed")
    return result
