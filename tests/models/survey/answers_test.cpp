#include "models/survey/answers.h"
#include "tests/models/data/written_file.h"
#include "tests/models/survey/small_journey.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>

namespace sojourn::models {
namespace {

using tests::small_journey;
using tests::WrittenFile;

Mapping mapping_of(const std::string& text) {
  return read_mapping(std::make_shared<const SourceText>(SourceText{"mapping.yaml", text}));
}

struct Collected {
  Answers answers;
  std::string rejects;
};

Collected collect(const std::string& table, const std::string& mapping = "{}", BadRows allowed = BadRows::few) {
  const WrittenFile file("survey.csv", table);
  Collected to;
  Rejects rejects([&](const Reject& one) { to.rejects += std::to_string(one.line) + " " + one.reason + "\n"; });
  to.answers = collect_answers(file.path(), mapping_of(mapping), small_journey(), allowed, rejects);
  return to;
}

std::string refusal(const std::string& table, const std::string& mapping = "{}") {
  try {
    collect(table, mapping);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

void expect_parts(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

TEST(Answers, are_found_by_id_and_label_whatever_the_case) {
  const auto [answers, rejects] = collect(
      "score,persona,touchpoint,period,weight,case_id\n9,mia,pay,2017,2,a\n3,\"ZOË, in a hurry\", TILL ,2016,1,b\n"
      "10,,,,1,a\n,mia,nowhere,2017,1,c\n");
  EXPECT_EQ(rejects, "");
  EXPECT_EQ(answers.blank, 1U);
  EXPECT_EQ(answers.periods, (std::vector<std::string>{"2016", "2017"}));
  EXPECT_EQ(answers.cases, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(answers.respondents.size(), 3U);
  const Respondent &first = answers.respondents[0], &second = answers.respondents[1], &third = answers.respondents[2];
  EXPECT_EQ(std::tuple(first.persona, first.touchpoint, first.period, first.of_case, first.score, first.weight),
            std::tuple(0U, 2U, 1U, 0U, 9, 2.0));
  EXPECT_EQ(std::tuple(second.persona, second.touchpoint, second.period, second.of_case, second.score),
            std::tuple(1U, 2U, 0U, 1U, 3));
  EXPECT_EQ(std::tuple(third.persona, third.touchpoint, third.period, third.of_case),
            std::tuple(kNotSaid, kNotSaid, kNotSaid, 0U));
  ASSERT_EQ(answers.cells.size(), 3U);
  EXPECT_EQ(answers.cells[0].persona, 0U);
  EXPECT_EQ(answers.cells[2].persona, kNotSaid);
}

TEST(Answers, codes_are_translated) {
  const auto [answers, rejects] =
      collect("score,persona,touchpoint,period\n9,1,K,w2\n8,2,,w1\n",
              "values: {persona: {1: zoe, 2: mia}, touchpoint: {k: Till}, period: {w1: 2021, w2: 999}}");
  ASSERT_EQ(answers.respondents.size(), 2U);
  EXPECT_EQ(answers.respondents[0].persona, 1U);
  EXPECT_EQ(answers.respondents[1].persona, 0U);
  EXPECT_EQ(answers.respondents[0].touchpoint, 2U);
  EXPECT_EQ(answers.periods, (std::vector<std::string>{"999", "2021"}));
  EXPECT_EQ(answers.respondents[0].period, 0U);
  expect_parts(refusal("score\n9\n", "values: {persona: {1: zoo}}"),
               {"mapping.yaml:1:20: error: no persona of the journey is called 'zoo'", "Did you mean 'zoe'?"});
}

TEST(Answers, texts_that_mean_nothing_are_told_once_or_rejected) {
  const std::string table = "score,persona,touchpoint\n9,mai,pay\n9,old,\n8,old,pai\n7,mia,pay\n";
  expect_parts(refusal(table), {"no persona of the journey is called 'old' (2 rows), 'mai' (1 row)",
                                "'mai' may be 'mia'. There are mia, zoe", "values: {persona: {old: mia}}",
                                "no touchpoint of the journey is called 'pai' (1 row)", "--bad-rows skip"});
  const auto [answers, rejects] = collect(table, "{}", BadRows::skip);
  EXPECT_EQ(answers.respondents.size(), 1U);
  EXPECT_EQ(rejects,
            "2 it names no persona of the journey\n3 it names no persona of the journey\n4 it names no persona of the "
            "journey\n");
}

TEST(Answers, points_in_time_are_their_month) {
  const auto [answers, rejects] = collect("score,date\n9,2023-11-05 10:00\n8,05.02.2023\n7,2023-11-30\n6,2/9/2023\n");
  EXPECT_EQ(answers.periods, (std::vector<std::string>{"2023-02", "2023-11"}));
  EXPECT_EQ(answers.cells.size(), 2U);
  EXPECT_TRUE(rejects.starts_with("5 ")) << rejects;
}

TEST(Answers, ratings_are_brought_to_the_common_scale) {
  const std::string mapping = "ratings: {pay: q1, ask: q2}\nnever_used: [6]\nblank_ratings: [0]\n";
  const auto [answers, rejects] = collect("score,q1,q2\n9,1,5\n8,4,6\n7,0,2\n6,7,1\n", mapping);
  EXPECT_EQ(answers.rated, (std::vector<std::uint32_t>{2, 1}));
  ASSERT_EQ(answers.respondents.size(), 3U);
  EXPECT_EQ(answers.respondents[0].ratings[0].value, 0);
  EXPECT_EQ(answers.respondents[0].ratings[1].value, 10);
  EXPECT_EQ(answers.respondents[1].ratings[0].value, 7.5);
  EXPECT_EQ(answers.respondents[1].ratings[1].kind, Rating::Kind::never_used);
  EXPECT_EQ(answers.respondents[2].ratings[0].kind, Rating::Kind::blank);
  EXPECT_EQ(rejects, "5 the rating 7 is not on the scale from 1 to 5\n");
  const auto wide = collect("score,q1\n9,-3\n", "ratings: {pay: q1}\nrating_scale: {low: -3, high: 3}\n");
  EXPECT_EQ(wide.answers.respondents[0].ratings[0].value, 0);
  expect_parts(refusal("score,q\n9,1\n", "ratings: {paid: q}"), {"no touchpoint of the journey is called 'paid'"});
}

TEST(Answers, rules_make_personas) {
  const std::string mapping = "personas: {zoe: {a: [1, 2], b: [x]}, mia: {a: [3]}}";
  const auto [answers, rejects] = collect("score,a,b,persona\n9,1,x,mia\n8,2,y,zoe\n7,3,x,zoe\n", mapping);
  ASSERT_EQ(answers.respondents.size(), 3U);
  EXPECT_EQ(answers.respondents[0].persona, 1U);
  EXPECT_EQ(answers.respondents[1].persona, kNotSaid);
  EXPECT_EQ(answers.respondents[2].persona, 0U);
  expect_parts(refusal("score,a,b\n9,1,x\n", "personas: {zoe: {c: [1]}}"), {"no column is called 'c'"});
  expect_parts(refusal("score,a\n9,1\n", "personas: {zo: {a: [1]}}"), {"no persona of the journey is called 'zo'"});
  expect_parts(refusal("score,a\n9,1\n", "survey: {persona: a}\npersonas: {zoe: {}}"),
               {"personas have a column and rules"});
}

TEST(Answers, cells_count_the_effective_number) {
  // Kish: weights 1, 1, 2 are as good as (1+1+2)^2 / (1+1+4) = 8/3 answers.
  const std::array<Respondent, 4> respondents{
      Respondent{.persona = 0, .score = 9, .weight = 1}, Respondent{.persona = 0, .score = 9, .weight = 1},
      Respondent{.persona = 0, .score = 0, .weight = 2}, Respondent{.persona = 1, .score = 5, .weight = 0}};
  const std::vector<AnswerCell> cells = cells_of(respondents);
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].rows, 3);
  EXPECT_DOUBLE_EQ(cells[0].count[9], 4.0 / 3);
  EXPECT_DOUBLE_EQ(cells[0].count[0], 4.0 / 3);
}

TEST(Answers, histograms_are_cells) {
  const auto [answers, rejects] =
      collect("persona,period,0,1,2,3,4,5,6,7,8,9,10\nZOE,10,1,,,,,,,,,,\nmia,9,,,,,,,,,,2,3\n1,9,,,,,,,,,,1,\n",
              "values: {persona: {1: mia}}");
  EXPECT_TRUE(answers.respondents.empty());
  EXPECT_EQ(answers.periods, (std::vector<std::string>{"9", "10"}));
  ASSERT_EQ(answers.cells.size(), 2U);
  EXPECT_EQ(std::tuple(answers.cells[0].persona, answers.cells[0].period, answers.cells[0].rows),
            std::tuple(0U, 0U, 6.0));
  EXPECT_EQ(answers.cells[0].count[9], 3);
  EXPECT_EQ(std::tuple(answers.cells[1].persona, answers.cells[1].period), std::tuple(1U, 1U));
  expect_parts(refusal("persona,0,1,2,3,4,5,6,7,8,9,10\nmai,1,,,,,,,,,,\n"), {"'mai' may be 'mia'"});
}

TEST(Answers, two_files_share_their_periods) {
  Answers a = collect("score,year\n9,2016\n8,2018\n").answers;
  Answers b = collect("score,year\n9,2017\n8,2018\n").answers;
  share_periods(a, b);
  EXPECT_EQ(a.periods, (std::vector<std::string>{"2016", "2017", "2018"}));
  EXPECT_EQ(b.periods, a.periods);
  EXPECT_EQ(a.respondents[1].period, 2U);
  EXPECT_EQ(b.respondents[0].period, 1U);
  EXPECT_EQ(b.cells[1].period, 2U);
}

TEST(Answers, the_airports_mapping_makes_the_journeys_personas) {
  SOJOURN_DATA_OR_SKIP(data);
  const Mapping mapping = read_mapping_file((tests::source_dir() / "scenarios/airport/mapping.yaml").string());
  const JourneyFile file = read_journey_file((tests::source_dir() / "scenarios/airport/journey.yaml").string());
  Rejects rejects;
  const Answers answers = collect_answers((data / "airport_survey_2013_2017.csv").string(), mapping,
                                          typed_journey(file.tree), BadRows::fail, rejects);
  EXPECT_EQ(rejects.rejected(), 0U);
  EXPECT_EQ(answers.respondents.size(), 2746U);
  EXPECT_EQ(answers.blank, 15229U - 2746U);
  // As scenarios/airport/README.md has them: returning, newcomer, business, connecting.
  ASSERT_EQ(answers.cells.size(), 4U);
  const std::array<double, 4> rows = {1193, 395, 610, 548}, nps = {46.3, 40.9, 38.1, 32.4};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::array<double, 11>& n = answers.cells[i].count;
    double all = 0, detractors = 0;
    for (std::size_t k = 0; k <= 10; ++k) all += n[k], detractors += k <= 6 ? n[k] : 0;
    EXPECT_EQ(answers.cells[i].rows, rows[i]);
    EXPECT_NEAR(100 * (n[9] + n[10] - detractors) / all, nps[i], 0.05);
    EXPECT_LT(all, rows[i]);
  }
}

}  // namespace
}  // namespace sojourn::models
