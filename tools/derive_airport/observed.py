"""What was observed (Ist): a table for `--observed` and, its histograms, for `calibrate --survey`."""

from book import Book
from figures import Mean, histogram, nps, rated
from places import PLACES, STAND_INS
from segments import SEGMENTS

HEADER = "address,n,mean,sd," + ",".join(str(k) for k in range(11))


def effective(of: Mean) -> float:
    """As many answers of equal weight have the same standard error (Kish 1965)."""
    return (of.sd / of.se) ** 2


def mean_line(address: str, of: Mean) -> str:
    return f"{address},{effective(of):.0f},{of.mean:.2f},{of.sd:.2f}" + "," * 11


def histogram_line(book: Book, persona: str) -> str:
    """The weighted answers of a persona, as many as they are worth."""
    rows = book.of(persona)
    worth = effective(nps(rows))
    counts = (f"{worth * share:.1f}" for share in histogram(rows))
    return f"personas.{persona}.nps,,,," + ",".join(counts)


def observed(book: Book) -> str:
    """Recommendation overall and by persona, satisfaction, and how each rated touchpoint was rated."""
    lines = [HEADER, mean_line("nps", nps(book.now)), mean_line("satisfaction", rated(book.now, "r_all"))]
    lines += [histogram_line(book, persona) for persona in SEGMENTS]
    lines += [mean_line(f"personas.{persona}.satisfaction", rated(book.of(persona), "r_all")) for persona in SEGMENTS]
    lines += [mean_line(f"touchpoints.{place_id}.experience", rated(filter(place.who, book.now), place.column))
              for place_id, place in PLACES.items() if place_id not in STAND_INS]
    return "\n".join(lines) + "\n"
