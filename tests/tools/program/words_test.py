"""Pages on a terminal, in both languages."""

import re
import sys
import unittest

from asked import (
    BENCH, columns, EXCHANGE, FASTER, InFolder, JOURNEY, on_terminal, SANTA, sojourn, without_performance,
)


class German(InFolder):
    """--lang de: the terminal in German; JSON, files and messages stay English."""

    ENGLISH = re.compile(r"\b(the|and|of|customers?|with|satisfaction|what if|which|journeys?)\b")

    def assertGerman(self, text):
        """No English word but those of commands, addresses and file names."""
        for line in text.splitlines():
            words = re.sub(r"'[^']*'|\S*[/._=]\S*|--?\w+|Net Promoter Score|sojourn \w+", "", line)
            if not line.lstrip().startswith(("sojourn ", "--")):
                self.assertIsNone(self.ENGLISH.search(words), line)

    def journey(self):
        self.ends(0, "new", self.folder / "laden", "--lang", "de", "--quiet")
        return self.folder / "laden" / "journey.yaml", self.folder / "laden" / "what-if.yaml"

    def test_every_page_is_german_and_as_wide_as_before(self):
        journey, what_if = self.journey()
        survey = self.folder / "survey.csv"
        survey.write_text("touchpoint;n;mean;sd\ncounter;100;6,5;1,4\n")
        runs = {
            ("check", journey, what_if): "in Ordnung",
            ("run", journey, "--agents", "2000", "--observed", survey): "Die Reise als Ganzes",
            ("compare", journey, what_if, "--agents", "20000", "--observed", survey): "Soll, Ist, Prognose",
            ("solve", journey): "exakt gel\u00f6st",
            ("solve", journey, "--explain", "repair"): "Besuche von",
            ("drivers", journey, "--agents", "2000"): "Insight-Map",
            ("show", journey, "--with", what_if, "--differences"): "\u00e4ndert",
            ("trace", journey, "--agent", "7"): "Zufriedenheit",
            ("trace", journey, "--agent", "0", "--with", what_if): "So wie es ist",
        }
        for arguments, word in runs.items():
            with self.subTest(arguments=arguments):
                done = self.ends(0, *arguments, "--lang", "de")
                self.assertIn(word, done.stdout)
                why_not_exact = done.stdout.find("Was keine exakte Antwort")
                text = done.stdout if why_not_exact < 0 else done.stdout[:why_not_exact]
                self.assertGerman(text)
                for line in text.splitlines():
                    if not line.lstrip().startswith(("sojourn ", str(self.folder))):
                        self.assertLessEqual(columns(line), 80, line)
                if arguments[0] != "show":  # values are as in the file
                    self.assertNotRegex(text, r"\d\.\d\b(?!\.)(?!\d)", "a decimal point")

    def test_verdicts_are_german(self):
        journey, what_if = self.journey()
        out = self.ends(0, "compare", journey, what_if, "--agents", "20000", "--lang", "de").stdout
        self.assertRegex(out, r"Besser\. +Ein +zweiter +Mechaniker +hebt +den +NPS|Besser, aber teuer\.")
        self.assertRegex(out, r"Von 1?\.?[01]+ Kunden: ")

    def test_help_is_german(self):
        for arguments in (["--help", "--lang", "de"], ["help", "--lang", "de"], ["help", "run", "--lang", "de"],
                          ["run", "--help", "--lang=de"]):
            done = self.ends(0, *arguments)
            self.assertTrue(done.stdout.startswith("Aufruf: sojourn "), done.stdout)
            self.assertLessEqual(max(map(columns, done.stdout.splitlines())), 80)
        for arguments in (["help", "run", "--lang", "de"], ["help", "--lang", "de", "run"], ["help", "--lang=de", "run"],
                          ["--help", "--lang", "de", "run"]):
            self.assertTrue(self.ends(0, *arguments).stdout.startswith("Aufruf: sojourn run "), arguments)
        for verb in ("check", "show", "run", "solve", "compare", "drivers", "trace", "new", "report"):
            self.assertGerman(self.ends(0, verb, "--help", "--lang", "de").stdout)

    def test_only_the_terminal_changes(self):
        common = ["run", JOURNEY, "--agents", "2000", "--json", "-"]
        english, german = (without_performance(self.ends(0, *common, "--lang", lang).stdout) for lang in ("en", "de"))
        self.assertEqual(english, german)
        self.assertIn("unknown option", self.ends(2, "run", JOURNEY, "--agnets", "5", "--lang", "de").stderr)
        environment = {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}
        out = self.ends(0, "run", JOURNEY, "--agents", "2000", variables=environment).stdout
        self.assertIn("The journey as a whole", out)

    def test_without_utf_8_there_are_no_other_bytes(self):
        out = self.ends(0, "run", JOURNEY, "--agents", "2000", "--lang", "de", variables={"LC_ALL": "C"}).stdout
        self.assertTrue(out.isascii(), [line for line in out.splitlines() if not line.isascii()])


class Terminal(InFolder):
    def test_pages_fit_80_columns(self):
        for arguments in (["run", SANTA], ["compare", SANTA, BENCH, EXCHANGE], ["trace", SANTA, "--agent", "16", "--with", EXCHANGE],
                          ["drivers", SANTA], ["show", SANTA, "--with", BENCH, "--differences"]):
            if arguments[0] in ("run", "compare", "drivers"):
                arguments += ["--agents", "2000"]
            for variables in ({}, {"LC_ALL": "C"}):
                done = self.ends(0, *arguments, variables=variables)
                for line in done.stdout.splitlines():
                    if not line.startswith("  sojourn "):  # to be copied: whole
                        self.assertLessEqual(columns(line), 80, line)
                self.assertNotIn("\x1b", done.stdout)
                self.assertEqual(done.stderr, "")
            self.assertTrue(done.stdout.isascii(), arguments)

    def test_colour_is_for_terminals_and_can_be_refused(self):
        arguments = ["compare", JOURNEY, FASTER, "--agents", "2000"]
        self.assertIn("\x1b[", on_terminal(*arguments))
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}):
            self.assertNotIn("\x1b[", on_terminal(*arguments, variables=variables), variables)
        self.assertIn("\x1b[", self.ends(0, *arguments, variables={"CLICOLOR_FORCE": "1"}).stdout)

    def test_progress_is_for_terminals(self):
        arguments = ["run", SANTA, "--agents", "6M", "--draws", "0"]
        self.assertIn(" of 6,000,000 customers", on_terminal(*arguments))
        self.assertNotIn("customers, ", self.ends(0, *arguments).stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
