"""Help, mistakes on the command line, and where to start."""

import json
import sys
import unittest

from asked import columns, InFolder, JOURNEY, sojourn


class Usage(InFolder):
    def test_help_of_help_is_help(self):
        for words in (("help", "help"), ("help", "--help"), ("help", "-h"), ("--help", "help"), ("help", "help", "run")):
            done = sojourn(*words)
            self.assertEqual(done.returncode, 0, words)
            self.assertIn("Usage: sojourn VERB", done.stdout)

    def test_help_is_for_standard_output(self):
        for arguments in (["--help"], ["-h"], ["help"]):
            done = self.ends(0, *arguments)
            self.assertIn("Usage: sojourn VERB", done.stdout)
            self.assertEqual(done.stderr, "")
            self.assertLessEqual(max(map(columns, done.stdout.splitlines())), 80)
        for verb in ("check", "show", "run", "compare", "drivers", "trace", "new", "schema"):
            done = self.ends(0, verb, "--help")
            self.assertTrue(done.stdout.startswith(f"Usage: sojourn {verb}"))
            self.assertIn("\nExample:\n  sojourn ", done.stdout)
            self.assertEqual(done.stdout, self.ends(0, "help", verb).stdout)
            for line in done.stdout.splitlines():
                self.assertLessEqual(columns(line), 80, line)

    def test_version_says_what_it_is(self):
        done = self.ends(0, "--version")
        self.assertRegex(done.stdout, r"^sojourn \d+\.\d+\.\d+\n")
        self.assertIn("philox4x32-10/v1", done.stdout)

    def test_mistakes_end_with_2_and_a_usage_line(self):
        cases = {
            (): "Usage: sojourn VERB",
            ("rnu", JOURNEY): "unknown verb 'rnu'. Did you mean 'run'?",
            (JOURNEY,): "Did you mean 'sojourn run ",
            ("--seed", "1", "run", JOURNEY): "options stand behind the verb",
            ("help", "run", "extra"): "unexpected argument 'extra'",
            ("help", "rnu"): "Did you mean 'run'?",
            ("help", "run", "--agents", "5"): "unknown option '--agents'",
            ("help", "run", "--lang", "fr"): "'fr' is none of its values",
            ("help", "--lang"): "'--lang' needs a value",
            ("run",): "JOURNEY is missing",
            ("run", JOURNEY, "more.yaml"): "unexpected argument 'more.yaml'",
            ("run", JOURNEY, "--agnets", "5"): "unknown option '--agnets'. Did you mean '--agents'?",
            ("run", JOURNEY, "--agents"): "'--agents' needs a value",
            ("run", JOURNEY, "--json", "--quiet"): "'--json' needs a value",
            ("run", JOURNEY, "--seed", "1", "--seed", "2"): "'--seed' is given twice",
            ("run", JOURNEY, "--agents", "0"): "It takes 1 to 1,099,511,627,776 (2^40)",
            ("run", JOURNEY, "--agents", "-1"): "out of range",
            ("run", JOURNEY, "--agents", "1e9x"): "'1e9x' is not a whole number",
            ("run", JOURNEY, "--agents", "1099511627777"): "out of range",
            ("run", JOURNEY, "--precision", "0"): "above 0",
            ("run", JOURNEY, "--threads", "0"): "out of range",
            ("run", JOURNEY, "--replicate", "16777216"): "16,777,215 (2^24 - 1)",
            ("run", JOURNEY, "--only", "scores"): "'scores' is none of its values",
            ("run", JOURNEY, "--only", "visits", "--precision", "1"): "it is about the NPS",
            ("run", JOURNEY, "--only", "visits", "--out", "a.h5"): "it holds whole results",
            ("run", JOURNEY, "--json", "a", "--out", "./a"): "name the same place",
            ("run", JOURNEY, "--out", "-"): "needs a file",
            ("run", JOURNEY, "--csv", "-"): "needs a folder",
            ("show", JOURNEY, "--persona", "calmm"): "Did you mean 'calm'?",
            ("compare", JOURNEY): "SCENARIO is missing",
            ("trace", JOURNEY): "--agent N is missing",
            ("trace", JOURNEY, "--agent", "1099511627776"): "out of range",
            ("show", JOURNEY, "--to", "jsn"): "Did you mean 'json'?",
            ("show", JOURNEY, "--differences"): "needs scenarios",
            ("schema", "journy"): "Did you mean 'journey'?",
        }
        for arguments, words in cases.items():
            with self.subTest(arguments=arguments):
                done = self.ends(2, *arguments, cwd=self.folder)
                self.assertIn(words, done.stderr)
                self.assertIn("Usage: sojourn ", done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertEqual(self.left(), [])

    def test_agents_are_read_in_every_form(self):
        for text in ("2000", "2_000", "2e3", "2k", "0.002M"):
            done = self.ends(0, "run", JOURNEY, "--agents", text, "--json", "-")
            self.assertEqual(json.loads(done.stdout)["agents"], 2000, text)


class New(InFolder):
    """`new`: what it writes is accepted and runs, and nothing that exists is touched."""

    def test_what_is_written_is_valid_and_does_something(self):
        for language in ("en", "de"):
            with self.subTest(language=language):
                name = self.folder / f"shop {language}"
                self.ends(0, "new", name, "--lang", language)
                self.assertEqual(sorted(p.name for p in name.iterdir()), ["README.md", "journey.yaml", "what-if.yaml"])
                journey, what_if = name / "journey.yaml", name / "what-if.yaml"
                done = self.ends(0, "check", journey, what_if)
                self.assertNotIn("warning", done.stdout + done.stderr)
                out = self.ends(0, "compare", journey, what_if, "--agents", "20000", "--json", "-").stdout
                self.assertEqual(json.loads(out)["scenarios"][0]["verdict_kind"][:6], "better")

    def test_both_languages_say_the_same(self):
        results = []
        for language in ("en", "de"):
            name = self.folder / f"{language}.yaml"
            self.ends(0, "new", name, "--lang", language, "--quiet")
            result = json.loads(self.ends(0, "run", name, "--agents", "2000", "--json", "-").stdout)
            results.append([result[part] for part in ("overall", "personas", "touchpoints")])
        self.assertEqual(results[0], results[1])
        self.assertEqual(self.left(), ["de.yaml", "en.yaml"])

    def test_nothing_is_replaced(self):
        (self.folder / "full").mkdir()
        (self.folder / "full" / "mine").write_text("mine")
        (self.folder / "a.yaml").write_text("mine")
        (self.folder / "plain").write_text("mine")
        for name in ("full", "a.yaml", "plain"):
            self.ends(73, "new", self.folder / name)
        self.ends(74, "new", self.folder / "none" / "shop")
        self.assertEqual(self.left(), ["a.yaml", "full", "plain"])
        self.assertEqual([p.read_text() for p in sorted(self.folder.glob("*/*")) + [self.folder / "a.yaml"]], ["mine"] * 2)
        self.ends(2, "new")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]], verbosity=1)
