"""models/README.md numbers its equations, and the code cites them by number: each citation names an equation that is there, and each
equation is cited where it is computed.

An equation is `| (5) |` at the beginning of a row, or `**(15)**` in front of a formula. A citation is "equation (5)" or "equations (2)
to (9)" in a comment of models/ or on the page, or a comment that begins with "(5)" or "(3) to (10)"."""

import os
import re
import unittest
from pathlib import Path

MODELS = Path(os.environ["SOJOURN_SOURCE_DIR"]) / "models"
RANGE = r"\((\d+)\)(?: (to|and) \((\d+)\))?"


def equations(page):
    return [int(row or text) for row, text in re.findall(r"^\| \((\d+)\) \||\*\*\((\d+)\)\*\*", page, re.MULTILINE)]


def named(found):
    first, link, last = found
    if not link:
        return {int(first)}
    return set(range(int(first), int(last) + 1)) if link == "to" else {int(first), int(last)}


def citations(text):
    """The numbers that a text cites."""
    flat = re.sub(r"\s*\n\s*(?:///? ?)?", " ", text)  # a citation may go over the end of a line
    cited = [named(found) for found in re.findall(rf"\b[Ee]quations? {RANGE}", flat)]
    cited += [named(found) for found in re.findall(rf"^\s*///? {RANGE}", text, re.MULTILINE)]
    return set().union(*cited)


class Equations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = (MODELS / "README.md").read_text(encoding="utf-8")
        cls.cited = {}
        for path in sorted(MODELS.rglob("*")):
            if path.suffix in (".h", ".cpp", ".inl"):
                for number in citations(path.read_text(encoding="utf-8")):
                    cls.cited.setdefault(number, []).append(str(path.relative_to(MODELS)))

    def test_are_numbered_in_their_order(self):
        self.assertEqual(equations(self.page), list(range(1, len(equations(self.page)) + 1)))
        self.assertGreaterEqual(len(equations(self.page)), 26)

    def test_every_citation_names_an_equation(self):
        there = set(equations(self.page))
        for number, files in self.cited.items():
            self.assertIn(number, there, f"cited in {files}")
        self.assertLessEqual(citations(self.page), there)

    def test_every_equation_is_cited_where_it_is_computed(self):
        self.assertEqual(set(equations(self.page)) - set(self.cited), set())

    def test_a_citation_is_seen(self):
        self.assertEqual(citations("// (3) to (5). Pains\nint x;  // eq. (9), f(7)\n/// see equation\n/// (12) there\n"), {3, 4, 5, 12})


if __name__ == "__main__":
    unittest.main()
