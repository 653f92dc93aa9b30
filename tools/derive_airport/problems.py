"""The problems that passengers reported, and where they strike."""

from collections.abc import Iterable
from typing import NamedTuple

from survey import Row, Test, reports


class Problem(NamedTuple):
    """A problem that passengers reported (Q15COM codes), where it strikes, and the rating it spoils."""

    label: str
    codes: tuple[int, ...]
    place: str
    column: str

    @property
    def reported(self) -> Test:
        return reports(*self.codes)


PROBLEMS: dict[str, Problem] = {
    "traffic": Problem("Traffic, crowded kerb or car park", (24, 73), "way", "getting_to"),
    "bad_signs": Problem("Confusing signs or announcements", (1, 3, 7, 8), "signs", "r_sign"),
    "airline_trouble": Problem("Trouble with the airline's check-in", (41, 42, 43, 44, 45, 46, 47),
                               "check_in", "r_all"),
    "lost": Problem("Cannot find the gate, nobody to ask", (2, 4, 5, 6), "find_way", "find_way"),
    "no_help": Problem("No help for the disabled", (61, 62), "find_way", "find_way"),
    "queue": Problem("Security slow, confusing or rude", (32,), "security", "security"),
    "searched": Problem("Searched, item taken or damaged", (31, 33, 34, 36), "security", "security"),
    "dirty": Problem("Restroom closed or dirty", (22,), "restroom", "c_restroom"),
    "poor_food": Problem("Closed, poor service, nothing suitable", (11, 12, 13), "food", "r_food"),
    "no_signal": Problem("Wi-Fi, outlet or water not working", (21, 25), "wifi", "r_wifi"),
    "gate_change": Problem("Gate changed", (51,), "gate", "r_all"),
    "delayed": Problem("Flight delayed, little said about it", (53, 54), "delay", "r_all"),
}


def at_place(place: str) -> dict[str, Problem]:
    return {name: problem for name, problem in PROBLEMS.items() if problem.place == place}


def untroubled(rows: Iterable[Row], place: str) -> list[Row]:
    """The passengers who did not report one of the touchpoint's own problems."""
    troubled = reports(*(code for problem in at_place(place).values() for code in problem.codes))
    return [row for row in rows if not troubled(row)]
