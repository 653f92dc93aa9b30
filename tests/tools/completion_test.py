"""Completions: driven in bash, read by zsh and fish where they are. Runs the built program (SOJOURN_PROGRAM)."""

import os
import pty
import re
import shlex
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
        """Words that are = or : alone, and those behind them, stand without a blank in the line, as bash parts it."""
        line = "sojourn"
        for i, word in enumerate(words):
            line += word if word in ("=", ":") or (i > 0 and words[i - 1] in ("=", ":")) else " " + word
        script = (f'COMP_LINE={shlex.quote(line)}; source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sojourn; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
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
        self.assertEqual(self.offered("run", "--lang", "=", "de", "--lan"), ["--lang"])
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


class BashAtTheKeyboard(unittest.TestCase):
    """What a line becomes when Tab is pressed at its end, in a bash that thinks somebody types."""

    FILES = ("wave:2.yaml", "a=b.yaml", "two words:9.yaml", "answers:2023:w1.csv", "plain.yaml")

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sojourn-completion-")
        self.addCleanup(folder.cleanup)
        self.place = Path(folder.name)
        for name in self.FILES:
            (self.place / name).touch()
        (self.place / "kept:here").mkdir()
        script = self.place / "script"
        script.write_text(sojourn("completion", "bash"))
        master, slave = pty.openpty()
        self.addCleanup(os.close, master)
        self.keys = master
        bash = subprocess.Popen(["bash", "--norc", "--noprofile", "-i"], stdin=slave, stdout=slave, stderr=slave, cwd=self.place,
                                env={**ENVIRONMENT, "TERM": "dumb", "PS1": "", "INPUTRC": "/dev/null"}, start_new_session=True)
        os.close(slave)
        self.addCleanup(bash.wait)
        self.addCleanup(bash.kill)
        self.type("source ./script; bind 'set bell-style none'\n")

    def type(self, keys):
        """Everything that is said until bash has done it."""
        os.write(self.keys, (keys + "echo do''ne\n").encode())
        said = b""
        while not said.endswith(b"done\r\n"):
            said += os.read(self.keys, 65536)
        return said.decode()

    def words(self, line):
        """Those that the completed line has."""
        to_start, to_end = "\x01", "\x05"
        said = self.type(f"{line}\t{to_start}printf 'word<%s>' {to_end}\n")
        return re.findall(r"word<(?!%s>)([^>]*)>", said)[1:]

    def test_words_with_colons_and_equals_signs_are_whole(self):
        for line, last in (("run pl", "plain.yaml"), ("run wa", "wave:2.yaml"), ("run wave:", "wave:2.yaml"),
                           ("run wave:2", "wave:2.yaml"), (r"run wave\:", "wave:2.yaml"), ("run a=", "a=b.yaml"),
                           ("run a=b", "a=b.yaml"), (r"run two\ words:", "two words:9.yaml"),
                           ("calibrate j --survey ans", "answers:2023:w1.csv"),
                           ("calibrate j --survey answers:20", "answers:2023:w1.csv"),
                           ("calibrate j --survey=answers:2023:", "--survey=answers:2023:w1.csv"),
                           ("run j --csv kept:", "kept:here/"), ("run j --csv=kept:h", "--csv=kept:here/"),
                           ("run j --lang=d", "--lang=de"), ("run j --lang d", "de")):
            self.assertEqual(self.words("sojourn " + line)[-1], last, line)

    def test_what_comes_after_them(self):
        self.assertEqual(self.words("sojourn run wave:2.yaml --quie"), ["run", "wave:2.yaml", "--quiet"])
        self.assertEqual(self.words("sojourn run --out=x:y.h5 pla"), ["run", "--out=x:y.h5", "plain.yaml"])
        self.assertEqual(self.words("sojourn run wave:2.yaml pla"), ["run", "wave:2.yaml", "pla"], "there is one journey")


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
            for name in ("journey.yaml", "june.yml", "survey.csv", "kept.h5"):
                (Path(folder) / name).touch()
            (Path(folder) / "sub").mkdir()

            def offered(line):
                done = subprocess.run(["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], timeout=60,
                                      capture_output=True, text=True, check=False, cwd=folder, env={**ENVIRONMENT, "HOME": folder})
                self.assertEqual(done.stderr, "", line)
                return {found.split("\t")[0] for found in done.stdout.splitlines()}

            self.assertEqual(offered("sojourn run "), {"journey.yaml", "june.yml", "sub/"})
            self.assertEqual(offered("sojourn calibrate journey.yaml --survey "), {"survey.csv", "sub/"})
            self.assertEqual(offered("sojourn run journey.yaml --csv "), {"sub/"})
            self.assertEqual(offered("sojourn run ke"), {"kept.h5"}, "any file where none is what is meant")
            for line, offer in (("sojourn sh", "show"), ("sojourn run --thr", "--threads"), ("sojourn run j --lang d", "de"),
                                ("sojourn schema sc", "scenario")):
                self.assertIn(offer, offered(line), line)

    def test_all_name_the_endings_of_files_that_are_meant(self):
        """Fish as bash and zsh; what it does with them is seen where there is a fish."""
        bash, zsh, fish = (sojourn("completion", shell) for shell in ("bash", "zsh", "fish"))
        for endings in ("yaml yml", "csv", "h5", "html"):
            self.assertIn(f"kind=files values='{endings}'", bash)
            self.assertIn(f'_files -g "*.({endings.replace(" ", "|")})"', zsh)
            self.assertIn(f"-x -k -a '(__fish_sojourn_files {endings})'", fish)

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
