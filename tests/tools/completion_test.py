"""Completions: driven in bash, read by zsh and fish where they are. Runs the built program (SOJOURN_PROGRAM)."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.environ["SOJOURN_PROGRAM"]
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def sojourn(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, env=ENVIRONMENT, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{arguments}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def verbs():
    lines = sojourn("--help").split("\n\n")[2].splitlines()
    return [line.split()[0] for line in lines]


def options(verb):
    return re.findall(r"^  (--[\w-]+)", sojourn(verb, "--help"), re.MULTILINE)


class Bash(unittest.TestCase):
    """COMPREPLY of the words of a line; the last is where Tab is pressed."""

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="sojourn-completion-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        (cls.folder / "script").write_text(sojourn("completion", "bash"))
        cls.place = cls.folder / "place"
        (cls.place / "sub").mkdir(parents=True)
        for name in ("journey.yaml", "june.yml", "survey.csv", "kept.h5", "two words.yaml"):
            (cls.place / name).touch()

    def offered(self, *words):
        script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sojourn; printf "%s\\n" "${COMPREPLY[@]}"'
        done = subprocess.run(["bash", "--norc", "-c", script, "bash", self.folder / "script", "sojourn", *words],
                              capture_output=True, text=True, timeout=20, env=ENVIRONMENT, cwd=self.place, check=False)
        self.assertEqual(done.stderr, "", words)
        return sorted(set(done.stdout.split("\n")) - {""})

    def test_verbs(self):
        self.assertEqual(self.offered(""), sorted([*verbs(), "help", "--help", "--version"]))
        self.assertEqual(self.offered("sh"), ["show"])
        self.assertEqual(self.offered("--v"), ["--version"])
        self.assertEqual(self.offered("help", "com"), ["compare", "completion"])
        self.assertEqual(self.offered("help", "run", ""), [])

    def test_every_option_of_every_verb(self):
        for verb in verbs():
            self.assertEqual(self.offered(verb, "--"), sorted(options(verb)), verb)
        self.assertEqual(self.offered("run", "journey.yaml", "--th"), ["--threads"])

    def test_choices_of_options_however_they_are_written(self):
        self.assertEqual(self.offered("run", "j.yaml", "--lang", ""), ["de", "en"])
        self.assertEqual(self.offered("run", "j.yaml", "--lang", "=", "d"), ["de"])  # as bash parts --lang=d
        self.assertEqual(self.offered("run", "j.yaml", "--lang", "="), ["de", "en"])
        self.assertEqual(self.offered("run", "j.yaml", "--lang=d"), ["--lang=de"])  # where it does not
        self.assertEqual(self.offered("show", "--to", "m"), ["mermaid"])
        self.assertEqual(self.offered("run", "j.yaml", "--agents", ""), [])

    def test_operands_that_are_one_of_a_few(self):
        self.assertEqual(self.offered("completion", ""), ["bash", "fish", "zsh"])
        self.assertEqual(self.offered("schema", "s"), ["scenario", "study"])
        self.assertEqual(self.offered("manual", "dr"), ["drivers"])
        self.assertEqual(self.offered("schema", "study", ""), [])

    def test_files_that_are_meant_and_folders(self):
        yaml = ["journey.yaml", "june.yml", "sub", "two words.yaml"]
        self.assertEqual(self.offered("run", ""), yaml)
        self.assertEqual(self.offered("compare", "journey.yaml", ""), yaml)
        self.assertEqual(self.offered("compare", "journey.yaml", "june.yml", "ju"), ["june.yml"])
        self.assertEqual(self.offered("calibrate", "journey.yaml", "--survey", "s"), ["sub", "survey.csv"])
        self.assertEqual(self.offered("run", "journey.yaml", "--out", "k"), ["kept.h5"])
        self.assertEqual(self.offered("run", "journey.yaml", "--csv", ""), ["sub"])
        self.assertEqual(self.offered("report", "k"), ["kept.h5"])
        self.assertEqual(self.offered("run", "k"), ["kept.h5"], "any file where none is what is meant")

    def test_what_comes_after_values(self):
        self.assertEqual(self.offered("run", "--with", "june.yml", "jo"), ["journey.yaml"])
        self.assertEqual(self.offered("run", "journey.yaml", "--with", "june.yml", "--qu"), ["--quiet"])
        self.assertEqual(self.offered("run", "--quiet", "jo"), ["journey.yaml"])
        self.assertEqual(self.offered("run", "--lang", "de", "jo"), ["journey.yaml"])
        self.assertEqual(self.offered("run", "--lang", "=", "de", "jo"), ["journey.yaml"])
        self.assertEqual(self.offered("run", "--", "-"), [])
        self.assertEqual(self.offered("run", "journey.yaml", "j"), [], "there is one journey")

    def test_a_verb_that_is_none_offers_nothing(self):
        self.assertEqual(self.offered("rum", "--l"), [])

    def test_bash_finds_no_fault_with_it(self):
        done = subprocess.run(["bash", "-n", self.folder / "script"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class OtherShells(unittest.TestCase):
    def check(self, shell, *command):
        if not shutil.which(shell):
            self.skipTest(f"there is no {shell}")
        with tempfile.TemporaryDirectory() as folder:
            for language in ("en", "de"):
                script = Path(folder) / f"sojourn.{shell}"
                script.write_text(sojourn("completion", shell, "--lang", language))
                done = subprocess.run([*command, script], capture_output=True, text=True, timeout=60, check=False,
                                      env={**ENVIRONMENT, "HOME": folder})
                self.assertEqual((done.returncode, done.stderr), (0, ""), done.stderr)

    def test_zsh_finds_no_fault_with_it(self):
        self.check("zsh", "zsh", "-f", "-n")

    def test_fish_finds_no_fault_with_it(self):
        self.check("fish", "fish", "--no-config", "--no-execute")

    def test_fish_offers_verbs_options_and_choices(self):
        if not shutil.which("fish"):
            self.skipTest("there is no fish")
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder) / "sojourn.fish"
            script.write_text(sojourn("completion", "fish"))
            for line, offer in (("sojourn sh", "show"), ("sojourn run --thr", "--threads"), ("sojourn run j --lang d", "de"),
                                ("sojourn schema sc", "scenario")):
                done = subprocess.run(["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], timeout=60,
                                      capture_output=True, text=True, check=False, env={**ENVIRONMENT, "HOME": folder})
                self.assertIn(offer, [found.split("\t")[0] for found in done.stdout.splitlines()], line + done.stderr)

    def test_both_know_every_option(self):
        for shell in ("zsh", "fish"):
            script = sojourn("completion", shell)
            for verb in verbs():
                for option in options(verb):
                    self.assertIn(option if shell == "zsh" else f"'__fish_sojourn_verb {verb}' -l {option[2:]} ", script)

    def test_the_language_is_that_of_what_is_said(self):
        self.assertIn("finds every mistake", sojourn("completion", "zsh"))
        self.assertIn("findet jeden Fehler", sojourn("completion", "zsh", "--lang", "de"))


if __name__ == "__main__":
    unittest.main()
