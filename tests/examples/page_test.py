"""examples/README.md shows the examples as they are and what they print. Runs the built examples (SOJOURN_EXAMPLES)."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

import pages

if not Path(os.environ["SOJOURN_EXAMPLES"], "estimates").exists():
    print("the examples are not built")
    sys.exit(77)

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])
PAGE = (TOP / "examples/README.md").read_text()
CALLS = {
    "estimates": ["scenarios/two_stop/journey.yaml", "scenarios/two_stop/faster.yaml"],
    "parcel": [],
}


def blocks(language):
    return pages.pieces(PAGE, language)


def printed(example, arguments):
    done = subprocess.run([Path(os.environ["SOJOURN_EXAMPLES"], example), *arguments], cwd=TOP, text=True, timeout=25,
                          capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def squeezed(text):
    """Without indentation, which an excerpt may have less of."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


class Page(unittest.TestCase):
    def test_shows_the_examples_as_they_are(self):
        sources = {path.name: squeezed(path.read_text()) for path in (TOP / "examples").glob("*.cpp")}
        self.assertGreaterEqual(len(blocks("cpp")), 2)
        for block in blocks("cpp"):
            self.assertTrue(any(squeezed(block) in source for source in sources.values()), f"no example has:\n{block}")

    def test_shows_what_they_print(self):
        shown = blocks("console")
        self.assertEqual(len(shown), len(CALLS))
        for (example, arguments), block in zip(CALLS.items(), shown):
            command, _, output = block.partition("\n")
            self.assertEqual(command, " ".join([f"$ build/ci/examples/{example}", *arguments]))
            self.assertEqual(printed(example, arguments), (0, output, ""))

    def test_a_mistake_in_a_file_is_said_with_its_place(self):
        code, out, err = printed("estimates", ["scenarios/two_stop/faster.yaml", "scenarios/two_stop/faster.yaml"])
        self.assertEqual((code, out), (1, ""))
        self.assertRegex(err, r"faster\.yaml:3:\d+: error: this is a scenario")
        code, out, err = printed("estimates", ["no.yaml", "scenarios/two_stop/faster.yaml"])
        self.assertEqual((code, out), (1, ""))
        self.assertIn("no.yaml", err)


if __name__ == "__main__":
    unittest.main()
