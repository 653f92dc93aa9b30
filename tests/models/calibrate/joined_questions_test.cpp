#include "models/calibrate/joined_questions.h"

#include "models/calibrate/likelihood.h"
#include "models/replay/model.h"
#include "tests/models/survey/small_journey.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

enum Touchpoint : std::uint32_t { browse, ask, pay };  // of the small journey, in file order
constexpr std::uint32_t kMia = 0;

/// One respondent a path; the path of the i-th is that of case i.
Answers answers_of(const std::vector<std::pair<std::uint32_t, VisitedNodes>>& asked_at) {
  Answers answers;
  for (const auto& [touchpoint, path] : asked_at) {
    Respondent one{.persona = kMia, .touchpoint = touchpoint, .score = 7};
    one.of_case = static_cast<std::uint32_t>(answers.paths.size());
    answers.respondents.push_back(one);
    answers.paths.push_back(path);
  }
  answers.cells = cells_of(answers.respondents);
  return answers;
}

/// 2,000 journeys of each persona, and how many of Mia's answer in each cell.
struct Asked {
  JourneyFile file = tests::journey_file();
  CalibrationModel model{file, {}};
  Bank bank = model.bank(model.written(), 2000, {1, 0});
  JoinedQuestions joined;
  std::vector<double> come;  // [site]

  explicit Asked(const Answers& answers)
      : joined(join_paths(answers, nullptr, bank, typed_journey(file.tree), model.atlas(), model.tables())) {
    tell_apart(bank, joined.places);
    const SurveyQuestions& to = joined.questions;
    come = BankLikelihood(bank, model.tables(), model.numbers(), to.sites, to.site_count, {}, model.written(), to.cells)
               .site_answers();
  }

  double agents(std::uint32_t cell) const {
    double sum = 0;
    for (const LikelihoodCell::Part& part : joined.questions.cells[cell].parts) sum += come[part.site];
    return sum;
  }
  double of(std::size_t respondent) const { return agents(joined.cell_of_respondent[respondent]); }

  /// Counted straight from the bank: times that `fits` holds of a path of Mia's so far (of those at `last`), or at its end.
  template <class Fits>
  double counted(std::uint32_t last, const Fits& fits) const {
    double count = 0;
    const std::uint32_t group = model.atlas().personas.index("mia");
    for (const BankJourney& journey : bank.journeys) {
      if (journey.group != group) continue;
      std::vector<std::string> path;
      for (std::uint32_t k = journey.first; k < journey.first + journey.count; ++k) {
        path.push_back(model.atlas().touchpoints.ids()[bank.visits[k].node]);
        if (last == ask && path.back() == "ask" && fits(path)) ++count;
      }
      if (last == kNotSaid && fits(path)) ++count;
    }
    return count;
  }
};

using Path = std::vector<std::string>;

TEST(JoinedQuestions, respondents_are_held_against_those_who_came_by_their_path) {
  const Answers answers = answers_of({{kNotSaid, {browse, pay}},
                                      {kNotSaid, {browse, ask, pay}},
                                      {kNotSaid, {browse, pay, browse, pay, browse, ask, pay}},
                                      {kNotSaid, {pay}},
                                      {kNotSaid, {}}});
  const Asked asked(answers);
  const double all = asked.counted(kNotSaid, [](const Path&) { return true; });
  const double direct = asked.counted(kNotSaid, [](const Path& one) { return one == Path{"browse", "pay"}; });
  const double asking = asked.counted(kNotSaid, [](const Path& one) { return one == Path{"browse", "ask", "pay"}; });
  const double other_ways = asked.counted(kNotSaid, [](const Path& one) {
    return one != Path{"browse", "ask", "pay"} && std::ranges::find(one, "ask") != one.end();
  });
  EXPECT_EQ(asked.of(0), direct);
  EXPECT_EQ(asked.of(1), asking);
  // Few come by that path, but many meet all three touchpoints in other ways than the one that is told apart.
  EXPECT_GT(other_ways, kLeastOnPath);
  EXPECT_EQ(asked.of(2), other_ways);
  // Nobody begins at the till: what is known is that the path is none of those above.
  EXPECT_EQ(asked.of(3), all - direct - asking - other_ways);
  EXPECT_EQ(asked.of(4), all);
  EXPECT_EQ(all, 2000);
  const Join& join = asked.joined.join;
  EXPECT_EQ(std::tuple(join.on_path, join.met, join.others, join.everybody, join.not_in_log, join.not_there),
            std::tuple(2U, 1U, 1U, 0U, 1U, 0U));
  EXPECT_EQ(asked.agents(asked.joined.questions.cell_of[0]), all);
}

TEST(JoinedQuestions, who_weighs_nothing_asks_for_no_journeys) {
  Answers answers = answers_of({{kNotSaid, {browse, pay}}, {ask, {browse, ask, pay}}});
  const std::size_t both = Asked(answers).joined.questions.cells.size();
  answers.respondents[1].weight = 0;
  const Asked asked(answers);
  EXPECT_LT(asked.joined.questions.cells.size(), both);
  EXPECT_EQ(asked.joined.join.on_path, 1U);
}

TEST(JoinedQuestions, a_path_goes_as_far_as_the_answer) {
  const Answers answers = answers_of({{ask, {browse, ask, pay, browse, pay}}, {ask, {browse, pay}}});
  const Asked asked(answers);
  EXPECT_EQ(asked.of(0), asked.counted(ask, [](const Path& one) { return one == Path{"browse", "ask"}; }));
  EXPECT_EQ(asked.of(1), asked.counted(ask, [](const Path&) { return true; }));
  EXPECT_EQ(asked.joined.join.not_there, 1U);
}

TEST(JoinedQuestions, where_hardly_anybody_is_left_everybody_counts) {
  // All but a few of the 2,000 meet nothing but these touchpoints.
  const Answers answers = answers_of({{ask, {browse, ask}}, {ask, {ask}}});
  Asked asked(answers);
  const double own = asked.counted(ask, [](const Path& one) { return one == Path{"browse", "ask"}; });
  const double all = asked.counted(ask, [](const Path&) { return true; });
  EXPECT_EQ(asked.of(0), own);
  EXPECT_EQ(asked.of(1), all - own < kLeastOnPath ? all : all - own);
  EXPECT_EQ(asked.joined.join.everybody + asked.joined.join.others, 1U);
}

}  // namespace
}  // namespace sojourn::models
