"""The survey: how its files are read, and what one passenger answered."""

import csv
from collections.abc import Callable
from pathlib import Path

FIVE_YEARS = "airport_survey_2013_2017.csv"
RAW = "airport_survey_2017_raw.csv"

Row = dict[str, str]
Test = Callable[[Row], bool]


def read_csv(path: Path) -> list[Row]:
    """All rows of a CSV file, with stray blanks taken off the header names."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        names = [name.strip() for name in next(reader)]
        return [dict(zip(names, (value.strip() for value in row))) for row in reader]


def read_survey(path: Path) -> tuple[list[Row], list[Row]]:
    """The 2017 passengers, both files joined by respondent, and the passengers of 2013 to 2016."""
    rows = read_csv(path)
    raw = {row["RESPNUM"]: row for row in read_csv(path.with_name(RAW))}
    now = [raw[row["respnum"]] | row for row in rows if row["year"] == "2017"]
    return now, [row for row in rows if row["year"] != "2017"]


def weight(row: Row) -> float:
    return float(row["weight"])


def rating(row: Row, column: str) -> float | None:
    """A rating on 0..10, or None for "never used" and blanks."""
    value = row[column]
    return 2.5 * (float(value) - 1) if value in ("1", "1.0", "2", "2.0", "3", "3.0", "4", "4.0", "5", "5.0") else None


def score(row: Row) -> int | None:
    """The answer 0..10 to "would you recommend", or None."""
    return int(float(row["netpro"])) if row["netpro"] not in ("", "11") else None


def everyone(row: Row) -> bool:
    return True


def recommends(row: Row) -> bool:
    """Whether the passenger said how likely a recommendation is, be it 0."""
    return score(row) is not None


def code(column: str, *codes: int) -> Test:
    """True for rows that have one of these codes in a column (which may write 1 as 1.0)."""
    wanted = {str(c) for c in codes} | {f"{c}.0" for c in codes}
    return lambda row: row[column] in wanted


def reports(*codes: int) -> Test:
    """True for passengers who reported one of these problems (up to three each)."""
    tests = [code(column, *codes) for column in ("Q15COM1", "Q15COM2", "Q15COM3")]
    return lambda row: any(test(row) for test in tests)


had_problem = code("problem", 1)
told_of_problems = code("problem", 1, 2)        # whether there was one or not
