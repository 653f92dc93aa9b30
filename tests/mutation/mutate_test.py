"""Of tests/mutation: what its operators make of a line, which lines they spare, and that what is planted or declared is still there."""

import sys
import tempfile
import tomllib
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
sys.path.insert(0, str(HERE))

from areas import AREAS, STRATA, Stratum  # noqa: E402
from mutants import mutants_of_lines, mutated, queue  # noqa: E402
from operators import changed, changes  # noqa: E402
from source_lines import masked  # noqa: E402
from table import Table, summary  # noqa: E402


def made_of(line):
    """{operator: the changed lines}"""
    found = {}
    for change in changes(masked(line).rstrip()):
        found.setdefault(change.operator, set()).add(changed(line, change).strip())
    return found


class Operators(unittest.TestCase):
    def test_a_sum(self):
        made = made_of("  return {m / (n - 1), x[i]};")
        self.assertEqual(made["arithmetic"], {"return {m * (n - 1), x[i]};", "return {m / (n + 1), x[i]};"})
        self.assertEqual(made["constant"], {"return {m / (n - 2), x[i]};", "return {m / (n - 0), x[i]};"})
        self.assertEqual(made["index"], {"return {m / (n - 1), x[i + 1]};", "return {m / (n - 1), x[i - 1]};"})

    def test_a_condition(self):
        made = made_of("  if (a < b && !done) break;")
        self.assertEqual(made["relation"], {"if (a <= b && !done) break;"})
        self.assertEqual(made["logic"], {"if (a < b || !done) break;"})
        self.assertEqual(made["not"], {"if (a < b && done) break;"})
        self.assertEqual(made["condition"], {"if (true) break;", "if (false) break;"})
        self.assertEqual(made["word"], {"if (a < b && !done) continue;"})

    def test_bits_and_numbers(self):
        made = made_of("  x ^= (y >> 30) & 0x0f;")
        self.assertEqual(made["shift"], {"x ^= (y << 30) & 0x0f;"})
        self.assertEqual(made["bits"], {"x ^= (y >> 30) | 0x0f;"})
        self.assertEqual(made["assignment"], {"x |= (y >> 30) & 0x0f;"})
        self.assertEqual(made["drop"], {";"})
        self.assertIn("x ^= (y >> 31) & 0x0f;", made["constant"])
        self.assertIn("x ^= (y >> 30) & 0x10;", made["constant"])
        self.assertEqual(made_of("  double z = 1e-12;")["constant"], {"double z = (1.01 * 1e-12);"})
        self.assertEqual(made_of("  double z = 0.0;")["constant"], {"double z = 1.0;"})

    def test_calls(self):
        self.assertEqual(made_of("  const auto p = fill(from, to);")["arguments"], {"const auto p = fill(to, from);"})
        self.assertNotIn("arguments", made_of("  const auto p = std::min(from, to);"))
        self.assertEqual(made_of("  const auto p = std::min(from, to);")["word"], {"const auto p = std::max(from, to);"})

    def test_a_value(self):
        made = made_of("  return -half_of(x);")
        self.assertEqual(made["return"], {"return {};"})
        self.assertEqual(made["minus"], {"return half_of(x);"})

    def test_what_is_no_code_is_spared(self):
        for line in ("  // x + 1", "#include <a - b>", "  SOJOURN_EXPECT(a < b, \"a + b\");", "  static_assert(a == 1);", "template <int n = 1>",
                     "  throw Error(\"a\" + b + \"c\");", "using engine::uniform;", "  /* 1 + 1 */"):
            self.assertEqual(made_of(line), {}, line)
        self.assertEqual(made_of('  say("1 + 1 < 2");'), {"drop": {";"}})
        self.assertEqual(made_of('  name = "a " + b;'), {"drop": {";"}})

    def test_statements_that_go_on_are_not_dropped(self):
        text = "  const bool wide =\n      fits(a);\n  go(a);\n"
        dropped = [line for of_line in mutants_of_lines("f", text) for line, _, operator, *_ in of_line if operator == "drop"]
        self.assertEqual(dropped, [3])

    def test_contracts_are_spared_to_their_end(self):
        self.assertEqual(masked("SOJOURN_EXPECT(a,\n  \"b\" + 1); x = 1;").split("\n")[1].strip(), "x = 1;")


class Choosing(unittest.TestCase):
    def test_there_are_150(self):
        self.assertEqual(sum(stratum.mutants for stratum in STRATA), 150)
        for number, stratum in enumerate(STRATA):
            self.assertGreater(len(queue(CHECKOUT, number, stratum, 1)), stratum.mutants, stratum)

    def test_each_changes_one_line(self):
        for mutant in queue(CHECKOUT, 0, STRATA[0], 1)[:5]:
            before = (CHECKOUT / mutant.file).read_text()
            after = mutated(before, mutant)
            differs = [number for number, lines in enumerate(zip(before.split("\n"), after.split("\n")), 1) if lines[0] != lines[1]]
            self.assertEqual(differs, [mutant.line])

    def test_a_line_elsewhere_changes_none(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "a.cpp"
            keys = []
            for text in ("x = a + 1;\ny = b * 2;\n", "// new\n\nx = a + 1;\ny = b * 2;\n"):
                file.write_text(text)
                keys.append([mutant.key for mutant in queue(Path(folder), 0, Stratum("keys", 2, ("a.cpp",)), 1)])
            self.assertEqual(keys[0], keys[1])
            self.assertEqual(len(keys[0]), 2)


class Kept(unittest.TestCase):
    def test_planted_errors_have_their_place(self):
        errors = tomllib.loads((HERE / "planted.toml").read_text())["error"]
        self.assertEqual(len({error["what"] for error in errors}), 20)
        for error in errors:
            for change in error["change"]:
                self.assertEqual((CHECKOUT / change["file"]).read_text().count(change["old"]), 1, error["what"])
                self.assertNotEqual(change["old"], change["new"])

    def test_equivalent_mutants_are_mutants(self):
        for one in tomllib.loads((HERE / "equivalent.toml").read_text())["mutant"]:
            made = {(before, twin, after) for of_line in mutants_of_lines(one["file"], (CHECKOUT / one["file"]).read_text())
                    for _, twin, _, before, after, _ in of_line}
            self.assertIn((one["before"], one.get("twin", 1), one["after"]), made, one["file"])
            self.assertGreater(len(one["why"]), 20)

    def test_a_table_goes_on_and_counts(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table"
            Table(path).add({"key": "1", "area": "keys", "outcome": "survived"})
            table = Table(path)
            table.add({"key": "1", "area": "keys", "outcome": "killed"})
            table.add({"key": "2", "area": "keys", "outcome": "survived"})
            table.add({"key": "3", "area": "keys", "outcome": "unbuilt"})
            last = summary(Table(path).rows.values(), AREAS).splitlines()[-1].split()
            self.assertEqual(last, ["all", "2", "1", "1", "50.0", "%", "0", "1"])


if __name__ == "__main__":
    unittest.main()
