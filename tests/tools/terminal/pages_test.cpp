// The pages for people: that they fit, that hostile text cannot steer them, and what they say.

#include "tests/tools/hand_made.h"
#include "tools/terminal/compare_page.h"
#include "tools/terminal/run_page.h"
#include "tools/terminal/text.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

const Look utf8;
const Look ascii{80, false, false};

/// Lines that are not commands to be copied, which stay whole.
void expect_to_fit(const std::string& page) {
  std::size_t start = 0;
  for (std::size_t end = page.find('\n'); end != std::string::npos; end = page.find('\n', start)) {
    const std::string line = page.substr(start, end - start);
    start = end + 1;
    if (line.starts_with("  sojourn ")) continue;
    EXPECT_LE(width_of(line), 80u) << line;
    EXPECT_FALSE(line.ends_with(' ')) << "'" << line << "'";
  }
}

models::CompareResult hostile() {
  models::CompareResult result = tests::compare_result();
  const std::string long_text = std::string(300, 'x') + " " + std::string(100, 'y');
  result.provenance.journey.title = long_text + "\x1b[2J";
  result.names.personas[0].label = "東京" + long_text;
  result.names.touchpoints[0].label = "\x1b]0;owned\x07" + long_text;
  result.names.touchpoints[1].stage = long_text;
  result.names.goals[0].label = long_text;
  result.scenarios = {tests::comparison(long_text, 4.25), tests::comparison("\x1b[31mred\n", -123.5),
                      tests::comparison("", models::kNone)};
  result.scenarios[1].verdict = models::Verdict::worse_but_saves;
  result.scenarios[0].because = long_text;
  return result;
}

TEST(RunPage, fits_80_columns) {
  expect_to_fit(run_page(tests::run_result(), utf8));
  models::RunResult result = tests::run_result();
  result.names = hostile().names;
  result.provenance = hostile().provenance;
  const std::string page = run_page(result, utf8);
  expect_to_fit(page);
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
}

TEST(RunPage, says_the_headline_with_its_interval) {
  const std::string page = run_page(tests::run_result(), utf8);
  EXPECT_EQ(page.find("Santa's service\n2,000 simulated customers, seed 1;"), 0u) << page;
  EXPECT_NE(page.find("Net Promoter Score          31.2 (30.8 to 31.8)\n"), std::string::npos) << page;
  EXPECT_NE(page.find("★ Santa at the door"), std::string::npos);
  EXPECT_NE(page.find("Christmas Eve\n★ Santa"), std::string::npos);
}

TEST(RunPage, is_plain_ascii_where_the_locale_is) {
  for (const char c : run_page(tests::run_result(), ascii)) EXPECT_GE(c, 0);
  for (const char c : compare_page(tests::compare_result(), 7, ascii)) EXPECT_GE(c, 0);
}

TEST(ComparePage, fits_80_columns) {
  expect_to_fit(compare_page(tests::compare_result(), 7, utf8));
  const std::string page = compare_page(hostile(), 7, utf8);
  expect_to_fit(page);
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_EQ(page.find('\x07'), std::string::npos);
}

TEST(ComparePage, puts_the_best_first) {
  models::CompareResult result = tests::compare_result();
  result.scenarios = {tests::comparison("Worst", -2), tests::comparison("Best", 3), tests::comparison("Middle", 1)};
  EXPECT_EQ(best(result).scenario.title, "Best");
  const std::string page = compare_page(result, 7, utf8);
  EXPECT_LT(page.find("A  Best"), page.find("B  Middle"));
  EXPECT_LT(page.find("B  Middle"), page.find("C  Worst"));
  EXPECT_NE(page.find("+3.0 (+2.0 to +4.0)"), std::string::npos) << "the interval for all together\n" << page;
}

TEST(ComparePage, says_where_the_change_begins_and_what_is_next) {
  const std::string page = compare_page(tests::compare_result(), 7, utf8);
  EXPECT_NE(page.find("Send the wish list       +3.2 (+2.8 to +3.8)"), std::string::npos) << page;
  EXPECT_EQ(page.find("only at the end"), std::string::npos) << "which changes nothing here";
  EXPECT_NE(page.find("  sojourn trace journey.yaml --agent 7 --with faster.yaml\n"), std::string::npos);
  EXPECT_NE(page.find("  40,000  "), std::string::npos);
}

TEST(ComparePage, without_colour_there_is_no_escape_and_with_it_every_one_is_ended) {
  EXPECT_EQ(compare_page(tests::compare_result(), 7, utf8).find('\x1b'), std::string::npos);
  const std::string page = compare_page(tests::compare_result(), 7, Look{80, true, true});
  std::size_t starts = 0, ends = 0;
  for (std::size_t at = page.find("\x1b["); at != std::string::npos; at = page.find("\x1b[", at + 1)) {
    (page.compare(at, 4, "\x1b[0m") == 0 ? ends : starts) += 1;
  }
  EXPECT_GT(starts, 0u);
  EXPECT_EQ(starts, ends);
}

TEST(Flips, are_told_of_as_many_customers_as_it_takes) {
  models::Comparison c = tests::comparison("x", 1);
  for (auto& row : c.flips) {
    for (models::Figure& f : row) f = tests::figure(0, 0);
  }
  EXPECT_EQ(flips_in_words(c, Look{}), "Hardly anybody changes between promoter, passive and detractor.");
  c.flips[1][2] = tests::figure(0.04, 0);  // passives become promoters
  c.flips[2][1] = tests::figure(0.01, 0);
  c.flips[0][1] = tests::figure(0.02, 0);
  EXPECT_EQ(flips_in_words(c, Look{}),
            "Of 100 customers 4 become promoters and 1 stops being one; 2 stop being detractors and none becomes one.");
  c.flips[1][2] = tests::figure(0.0042, 0);
  c.flips[2][1] = c.flips[0][1] = tests::figure(0, 0);
  EXPECT_EQ(flips_in_words(c, Look{}),
            "Of 1,000 customers 4 become promoters and none stops being one; none stops being a detractor and none "
            "becomes one.");
}

}  // namespace
}  // namespace sojourn::tools
