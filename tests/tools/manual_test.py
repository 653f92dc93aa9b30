"""The manual's pages: all there, the same words as --help, and no fault that mandoc or groff finds. Runs the built program
(SOJOURN_PROGRAM)."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "200", "MANROFFOPT": "-c", "MAN_KEEP_FORMATTING": ""}


def sojourn(*arguments, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=60, env=ENVIRONMENT,
                          check=False)
    if done.returncode != code:
        raise AssertionError(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout if code == 0 else done.stderr


def verbs():
    return [line.split()[0] for line in sojourn("--help").split("\n\n")[2].splitlines()]


def plain(page):
    """A page's words, without macros and escapes."""
    return re.sub(r"\\&|\\f[BIR]", "", page).replace("\\-", "-").replace("\\e", "\\")


def one_line(text):
    return re.sub(r"\s+", " ", text)


class Manual(unittest.TestCase):
    def pages(self):
        return {(verb, lang): sojourn("manual", *([verb] if verb else []), "--lang", lang)
                for verb in ("", *verbs()) for lang in ("en", "de")}

    def test_every_page_says_what_help_says(self):
        for verb in verbs():
            for lang in ("en", "de"):
                page = one_line(plain(sojourn("manual", verb, "--lang", lang)))
                help_page = sojourn(verb, "--help", "--lang", lang)
                about = one_line(help_page.split("\n\n")[1])
                self.assertIn(about, page, verb)
                for option in re.findall(r"^  (--[\w-]+)", help_page, re.MULTILINE):
                    self.assertIn(f".TP {option}", page, verb)

    def test_the_first_page_names_every_verb_and_every_exit_code(self):
        page = plain(sojourn("manual"))
        for verb in verbs():
            self.assertIn(f"sojourn-{verb}(1)", page)
        codes = (Path(os.environ["SOJOURN_SOURCE_DIR"]) / "tools/program/exit_code.h").read_text()
        for code in re.findall(r"int \w+ = (\d+);", codes):
            if code != "128":
                self.assertIn(f"\n{code}\n", page)

    def test_no_fault_is_found_with_any_page(self):
        tools = [tool for tool in ("mandoc", "groff") if shutil.which(tool)]
        if not tools:
            self.skipTest("there is neither mandoc nor groff")
        for (verb, lang), page in self.pages().items():
            if "mandoc" in tools:
                done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], input=page, capture_output=True, text=True, check=False)
                # Pages have no date: equal sources give equal pages.
                faults = [line for line in (done.stdout + done.stderr).splitlines()
                          if "missing date" not in line and "lower case character in document title" not in line]
                self.assertEqual(faults, [], (verb, lang))
            if "groff" in tools:
                done = subprocess.run(["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8"], input=page, capture_output=True,
                                      text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""), (verb, lang))

    def test_man_shows_it(self):
        if not shutil.which("man"):
            self.skipTest("there is no man")
        page = subprocess.run(["man", "-l", "-"], input=sojourn("manual", "run"), capture_output=True, text=True,
                              env=ENVIRONMENT, check=False).stdout
        if not page:
            self.skipTest("man shows nothing here (a minimised system)")
        for words in ("sojourn run JOURNEY [options]", "--agents N", "sojourn run journey.yaml --agents 1M --json result.json"):
            self.assertIn(words, re.sub(".\x08", "", page))

    def test_all_are_written_below_a_folder_and_nothing_is_replaced(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "man"
            sojourn("manual", "--out", folder)
            there = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.1"))
            pages = ["sojourn.1", *(f"sojourn-{verb}.1" for verb in verbs())]
            self.assertEqual(there, sorted([f"man1/{page}" for page in pages] + [f"de/man1/{page}" for page in pages]))
            self.assertEqual((folder / "de/man1/sojourn-run.1").read_text(), sojourn("manual", "run", "--lang", "de"))
            (folder / "man1/sojourn.1").write_text("mine")
            self.assertIn("sojourn.1", sojourn("manual", "--out", folder, code=73))
            self.assertEqual((folder / "man1/sojourn.1").read_text(), "mine")
            sojourn("manual", "--out", folder, "--force")
            self.assertEqual((folder / "man1/sojourn.1").read_text(), sojourn("manual"))

    def test_what_cannot_be_meant(self):
        self.assertIn("Did you mean 'run'?", sojourn("manual", "rum", code=2))
        self.assertIn("every verb", sojourn("manual", "run", "--out", "x", code=2))
        self.assertIn("needs '--out'", sojourn("manual", "--force", code=2))


if __name__ == "__main__":
    unittest.main()
