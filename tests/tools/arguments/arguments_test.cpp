#include "tools/arguments/arguments.h"

#include "tools/program/errors.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

using Strings = std::vector<std::string>;

struct Given {
  std::string journey;
  Strings with;
  std::optional<std::string> json;
  std::uint64_t agents = 100000;
  std::optional<std::string> to;
  bool quiet = false;
};

/// What a verb like `run` takes.
Given read(const Strings& given) {
  Given to;
  Arguments arguments("run", Phrase::untranslated("Runs."), "  sojourn run journey.yaml\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file");
  arguments.list(to.with, "--with", "SCENARIO", Phrase::untranslated("scenarios"));
  arguments.text(to.json, "--json", "FILE", Phrase::untranslated("the result"));
  arguments.count(to.agents, "--agents", "N", {1, 1000000}, Phrase::untranslated("how many"));
  arguments.choice(to.to, "--to", {"yaml", "json"}, Phrase::untranslated("the form"));
  arguments.flag(to.quiet, "--quiet", Phrase::untranslated("says nothing"));
  arguments.read(given);
  return to;
}

std::string refused(const Strings& given) {
  try {
    read(given);
  } catch (const UsageError& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find("\nUsage: sojourn run JOURNEY [options]\n"), std::string::npos) << what;
    return what.substr(0, what.find('\n'));
  }
  ADD_FAILURE() << "not refused";
  return "";
}

TEST(Arguments, are_stored) {
  const Given given = read({"j.yaml", "--with", "a.yaml", "b.yaml", "--agents", "1k", "--json", "-", "--quiet"});
  EXPECT_EQ(given.journey, "j.yaml");
  EXPECT_EQ(given.with, (Strings{"a.yaml", "b.yaml"}));
  EXPECT_EQ(given.agents, 1000u);
  EXPECT_EQ(given.json, "-");
  EXPECT_TRUE(given.quiet);
}

TEST(Arguments, a_list_leaves_the_operand_that_follows_it) {
  const Given given = read({"--with", "a.yaml", "b.yaml", "j.yaml"});
  EXPECT_EQ(given.journey, "j.yaml");
  EXPECT_EQ(given.with, (Strings{"a.yaml", "b.yaml"}));
}

TEST(Arguments, a_list_may_be_given_in_parts) {
  const Given given = read({"--with", "a.yaml", "--with=b.yaml", "--", "j.yaml"});
  EXPECT_EQ(given.journey, "j.yaml");
  EXPECT_EQ(given.with, (Strings{"a.yaml", "b.yaml"}));
}

TEST(Arguments, a_file_may_be_named_like_a_verb_or_an_option) {
  EXPECT_EQ(read({"check"}).journey, "check");
  EXPECT_EQ(read({"--", "--quiet"}).journey, "--quiet");
  EXPECT_EQ(read({"./-x"}).journey, "./-x");
}

TEST(Arguments, an_unknown_option_is_refused_with_the_nearest) {
  EXPECT_EQ(refused({"j.yaml", "--agnets", "5"}), "unknown option '--agnets'. Did you mean '--agents'?");
  EXPECT_EQ(refused({"j.yaml", "-q"}), "unknown option '-q'");
  EXPECT_EQ(refused({"j.yaml", "--\x1b[31m"}), "unknown option '--\\x1b[31m'");
}

TEST(Arguments, a_prefix_is_not_an_option) {
  EXPECT_EQ(refused({"j.yaml", "--agent", "5"}), "unknown option '--agent'. Did you mean '--agents'?");
}

TEST(Arguments, an_option_twice_is_refused) {
  EXPECT_EQ(refused({"j.yaml", "--agents", "5", "--agents", "6"}), "'--agents' is given twice");
  EXPECT_EQ(refused({"j.yaml", "--quiet", "--quiet"}), "'--quiet' is given twice");
}

TEST(Arguments, a_value_is_never_an_option) {
  EXPECT_EQ(refused({"j.yaml", "--json", "--quiet"}), "'--json' needs a value: --json FILE");
  EXPECT_EQ(refused({"j.yaml", "--json"}), "'--json' needs a value: --json FILE");
  EXPECT_EQ(refused({"j.yaml", "--with"}), "'--with' needs a value: --with SCENARIO");
  EXPECT_EQ(refused({"j.yaml", "--json="}), "'--json' needs a value: --json FILE");
  EXPECT_EQ(refused({"j.yaml", "--json", ""}), "'--json' needs a value that is not empty");
  EXPECT_EQ(refused({"j.yaml", "--quiet=yes"}), "'--quiet' takes no value");
}

TEST(Arguments, operands_are_counted) {
  EXPECT_EQ(refused({}), "JOURNEY is missing");
  EXPECT_EQ(refused({"--with", "a.yaml"}), "JOURNEY is missing");
  EXPECT_EQ(refused({"j.yaml", "k.yaml"}), "unexpected argument 'k.yaml'");
}

TEST(Arguments, a_value_that_cannot_be_read_names_its_option) {
  EXPECT_EQ(refused({"j.yaml", "--agents", "-1"}), "--agents: '-1' is out of range. It takes 1 to 1,000,000");
  EXPECT_EQ(refused({"j.yaml", "--to", "jsn"}), "--to: 'jsn' is none of its values. Did you mean 'json'?");
  EXPECT_EQ(refused({"j.yaml", "--to", "xml"}), "--to: 'xml' is none of its values. It takes one of yaml, json");
}

TEST(Arguments, help_fits_the_page_and_ends_with_the_example) {
  try {
    read({"--agents", "--help"});
    FAIL() << "no help";
  } catch (const HelpWanted& help) {
    EXPECT_EQ(help.text.find("Usage: sojourn run JOURNEY [options]"), 0u);
    EXPECT_TRUE(help.text.ends_with("Example:\n  sojourn run journey.yaml\n")) << help.text;
    EXPECT_NE(help.text.find("  --to yaml|json"), std::string::npos);
    std::size_t start = 0;
    for (std::size_t end = help.text.find('\n'); end != std::string::npos; end = help.text.find('\n', start)) {
      EXPECT_LE(end - start, 80u);
      start = end + 1;
    }
  }
}

}  // namespace
}  // namespace sojourn::tools
