"""docs/COMMANDS.md is what the command table says (with SOJOURN_WRITE_PAGES=1 it is written anew), and no page of the tree shows a verb
or an option that there is not. Runs the built program (SOJOURN_PROGRAM)."""

import os
import re
import subprocess
import unittest
from pathlib import Path

TOP = Path(os.environ["SOJOURN_SOURCE_DIR"])
COMMAND = re.compile(r"(?:^|[\s(])(?:\S*/)?sojourn ([a-z]+)([^|;&#>\n]*)")

FILE_TYPES = {"seal", "results", "study"}  # "sojourn study" is what a file says of itself


def sojourn(*arguments):
    return subprocess.run([os.environ["SOJOURN_PROGRAM"], *arguments], text=True, check=True, capture_output=True, timeout=60,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}).stdout


def options_by_verb(page):
    """The options of each verb of docs/COMMANDS.md."""
    sections = re.split(r"^## (\w+)$", page, flags=re.MULTILINE)[1:]
    return {verb: {"--help", *re.findall(r"^\| `(--[\w-]+)", text, re.MULTILINE)} for verb, text in zip(sections[::2], sections[1::2])}


def code_of(page):
    """What a page shows as code: fenced and indented blocks, and what stands between backticks."""
    fenced = re.findall(r"^```.*?\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^    (.*)", rest, re.MULTILINE) + re.findall(r"`([^`\n]+)`", rest)
    return "\n".join(fenced + lines).replace("\\\n", " ")


class Commands(unittest.TestCase):
    def test_the_pages_are_what_the_table_says(self):
        for name, language in (("COMMANDS.md", "en"), ("COMMANDS.de.md", "de")):
            page, made = TOP / "docs" / name, sojourn("manual", "--to", "markdown", "--lang", language)
            if os.environ.get("SOJOURN_WRITE_PAGES"):
                page.write_text(made, encoding="utf-8")
            self.assertTrue(page.is_file() and page.read_text(encoding="utf-8") == made,
                            f"docs/{name} is not what the command table says. Run this test with SOJOURN_WRITE_PAGES=1")

    def test_a_section_is_part_of_the_page(self):
        page = sojourn("manual", "--to", "markdown")
        for verb in options_by_verb(page):
            self.assertIn("\n" + sojourn("manual", verb, "--to", "markdown"), page)

    def test_every_page_shows_verbs_and_options_that_there_are(self):
        known = options_by_verb(sojourn("manual", "--to", "markdown"))
        self.assertGreater(len(known), 10)
        known["help"] = {"--lang"}  # the one verb that is no command
        seen = 0
        for path in sorted(TOP.rglob("*.md")):
            if {"build", "node_modules"} & set(path.relative_to(TOP).parts):
                continue
            for verb, arguments in COMMAND.findall(code_of(path.read_text(encoding="utf-8"))):
                if verb in FILE_TYPES:
                    continue
                with self.subTest(page=str(path.relative_to(TOP)), command=f"sojourn {verb}{arguments}"):
                    self.assertIn(verb, sorted(known))
                    self.assertEqual(set(re.findall(r"(?<!\S)--[\w-]+", arguments)) - known[verb], set())
                seen += 1
        self.assertGreater(seen, 100)


if __name__ == "__main__":
    unittest.main()
