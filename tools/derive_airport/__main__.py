"""Derives scenarios/airport/derived.yaml and observed.csv from the San Francisco airport's 2017 customer survey.

    python3 tools/derive_airport [CSV] [--check] [--out DIR]

CSV is airport_survey_2013_2017.csv; without it, the file is looked for in the directory that the
environment variable SOJOURN_DATA names. airport_survey_2017_raw.csv (problem codes, security line,
car park, time in hand) must lie beside it. `--check` writes nothing and exits 1 if a file in the
tree is not byte for byte what the data give. journey.yaml is what `sojourn calibrate` makes of the two. The standard library is enough; it takes about a minute.

How a number is found
  * Ratings 1..5 become 0..10 by 2.5 (r - 1); 6 means "never used", anything else is a blank.
  * Every mean, spread and share carries the survey's weights; n counts answers, unweighted.
  * A persona gets its own number where it differs from everybody else's by CLEAR standard errors;
    the others share the mean of the rest, so that all together give the survey's mean.
  * What passengers said went wrong (Q15COM1..3) becomes pains; the experience beside a pain is that
    of the passengers who did not report it, so that both together give the survey's mean again.
  * What the survey does not say stands in assumptions.py, each with its reason.
  * Five conditions fit what is left, by walking through the journey (fit.py).

Where things are: a file imports only from those named before it
  what was asked    survey, figures, regression, segments, places, problems, assumptions
  the journey       book: usage, experience, deadline, drivers; channels, goals, pains, targets;
                    personas, touchpoints; journey
  the fit           world, walk, levels, answer; calibrate; fit
  what is written   yaml_text, document, observed, comparison
"""

import argparse
import os
import sys
from pathlib import Path

from comparison import comparison
from document import document
from fit import fit
from journey import write_journey
from observed import observed
from survey import FIVE_YEARS, RAW, read_survey

TARGET = Path(__file__).resolve().parents[2] / "scenarios" / "airport"


def find_survey(argument: str | None) -> Path:
    """The survey's file from the command line or the environment."""
    if argument:
        return Path(argument)
    if folder := os.environ.get("SOJOURN_DATA"):
        return Path(folder) / FIVE_YEARS
    sys.exit(f"derive_airport: name {FIVE_YEARS}, or set SOJOURN_DATA to its directory")


def main() -> int:
    parser = argparse.ArgumentParser(prog="derive_airport", description="Derive the airport journey from the survey.")
    parser.add_argument("csv", nargs="?", help=f"{FIVE_YEARS}; {RAW} must lie beside it")
    parser.add_argument("--check", action="store_true", help="compare with the files in the tree, write nothing")
    parser.add_argument("--out", type=Path, default=TARGET, help="where to write (default: the airport's folder)")
    arguments = parser.parse_args()
    survey = find_survey(arguments.csv)
    for path in (survey, survey.with_name(RAW)):
        if not path.is_file():
            print(f"derive_airport: {path} is not there (see the journey's README for its origin)", file=sys.stderr)
            return 66
    book = write_journey(*read_survey(survey))
    fitted = fit(book)
    print(comparison(book, fitted))
    different = 0
    for name, text in {"derived.yaml": document(book), "observed.csv": observed(book)}.items():
        path = arguments.out / name
        if not arguments.check:
            path.write_text(text, encoding="utf-8")
            continue
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        different += not same
        print(f"{name} {'is' if same else 'differs from'} what the data give")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
