// Law: visits alone are those of the whole run, to the last bit, whatever the lanes, wherever nothing but chance says where customers go.

#include "models/score/visits_only.h"

#include "models/crowd/paths.h"
#include "models/score/figures.h"
#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

#include <functional>
#include <regex>

namespace sojourn::tests {
namespace {

class VisitsOnly : public testing::Test {
 protected:
  ~VisitsOnly() override { models::use_path_target(models::path_targets().front()); }
};

models::RunPlan plan_of(std::uint64_t agents, int threads = 1, std::uint64_t shuffle = 0) {
  models::RunPlan plan;
  plan.seed = 3;
  plan.replicate = 2;
  plan.agents = agents;
  plan.threads = threads;
  plan.shuffle = shuffle;
  return plan;
}

/// Of a whole run, what visits alone have.
models::Figures kept(const models::Figures& whole) {
  using models::Metric;
  using models::SiteMetric;
  models::Figures figures = whole;
  const auto keep = [](models::Summary& summary) {
    const models::Summary all = summary;
    summary.metrics.fill({});
    summary.scores.fill({});
    for (const Metric metric : {Metric::success, Metric::abandoned, Metric::truncated, Metric::visits}) {
      summary[metric] = all[metric];
    }
    summary.goals.assign(all.goals.size(), {});
    summary.pains.assign(all.pains.size(), {});
  };
  const std::function<void(models::SiteFigures&)> keep_site = [&](models::SiteFigures& site) {
    const models::SiteFigures all = site;
    site.metrics.fill({});
    for (const SiteMetric metric : {SiteMetric::visits, SiteMetric::reach}) site[metric] = all[metric];
    site.pains.clear();
    for (auto& [channel, figures_there] : site.channels) keep_site(figures_there);
  };
  keep(figures.overall);
  for (models::Summary& persona : figures.personas) keep(persona);
  for (models::SiteFigures& site : figures.touchpoints) keep_site(site);
  for (auto& sites : figures.by_persona) {
    for (models::SiteFigures& site : sites) keep_site(site);
  }
  return figures;
}

FiguresByAddress listed(const models::Experiment& experiment, const models::Figures& figures, std::uint64_t agents,
                        std::uint64_t visits) {
  FiguresByAddress list = by_address(figures, experiment.names());
  list["agents"].estimate = static_cast<double>(agents);
  list["visits"].estimate = static_cast<double>(visits);
  for (std::size_t p = 0; p < figures.personas.size(); ++p) {
    models::Figure& of_persona = list["persona " + std::to_string(p)];
    of_persona.estimate = figures.personas[p].share;
    of_persona.se = static_cast<double>(figures.personas[p].agents);
  }
  return list;
}

FiguresByAddress visits_of(const models::Experiment& experiment, const models::RunPlan& plan) {
  const std::optional<models::PathTally> tally = models::run_visits_only(experiment, plan);
  return listed(experiment, models::visit_figures(experiment, *tally), tally->agents, tally->visits);
}

/// What differs from the whole run, if anything does.
std::string difference_by(const models::Experiment& experiment, const models::RunPlan& plan,
                          const std::string& target) {
  models::use_path_target(target);
  const std::optional<engine::Tallies> whole = experiment.run(plan);
  const std::string broken =
      difference(listed(experiment, kept(models::figures_of(experiment, *whole, 0)), whole->agents, whole->visits),
                 visits_of(experiment, plan));
  return broken.empty() ? "" : target + ": " + broken;
}

/// The journey without what ways hang on beside chance.
std::string by_chance_alone(std::string text) {
  text = std::regex_replace(text, std::regex("mood: -?[0-9.]+"), "mood: 0");
  text = std::regex_replace(text, std::regex(", patience: (\\{[^{}]*(\\{[^{}]*\\})?[^{}]*\\}|[^,{}]+)"), "");
  return std::regex_replace(text, std::regex(", (if|unless): [^,{}]+"), "");
}

TEST_F(VisitsOnly, are_those_of_the_whole_run) {
  int walked = 0;
  for_all(600, any_journey(), [&](const RandomJourney& journey) -> std::string {
    const models::Case one = case_of(by_chance_alone(journey.text));
    const models::Experiment experiment({&one});
    if (models::obstacle_to_paths(experiment.customer(0).tables())) return "";
    ++walked;
    for (const std::string& target : models::path_targets()) {
      const std::string broken = difference_by(experiment, plan_of(700), target);
      if (!broken.empty()) return broken;
    }
    return "";
  });
  EXPECT_GT(walked, 200);
}

/// Loops, channels, personas who go other ways, a limit of visits that some reach, and an end before the beginning.
constexpr const char* kLoops = R"(
limits: {visits: 12}
personas:
  ann: {share: 2, channels: {web: 2}, overrides: [{set: touchpoints.b.next.a, to: 3}]}
  bob: {share: 1}
touchpoints:
  a: {experience: 6, channels: {web: {share: 3}, shop: {share: 1}}, next: {b: 5, a: 2, c: 1, gone: 0.5}}
  b: {experience: 6, next: {a: 1, c: 1, done: 0.2}}
  c: {experience: 6, channels: {web: {share: 1}, phone: {share: 1, next: {done: 1}}}, next: {b: 3, done: 1}}
start: {a: 3, gone: 1}
outcomes: {done: {success: true}, gone: {success: false}}
)";

TEST_F(VisitsOnly, of_loops_are_those_of_the_whole_run_on_any_threads) {
  const models::Case one = case_of(kLoops);
  const models::Experiment experiment({&one});
  for (const std::string& target : models::path_targets()) {
    EXPECT_EQ(difference_by(experiment, plan_of(20'001), target), "");
    EXPECT_EQ(difference_by(experiment, plan_of(20'001, 3, 7), target), "");
  }
  EXPECT_GT(visits_of(experiment, plan_of(20'001)).at("overall.truncated").estimate, 0.05);
}

TEST_F(VisitsOnly, say_why_they_cannot_be) {
  const auto why = [](const std::string& text) -> std::string {
    const models::Case one = case_of(text);
    const models::Experiment experiment({&one});
    try {
      models::run_visits_only(experiment, plan_of(10));
    } catch (const models::InputError& error) {
      return error.what();
    }
    return "";
  };
  const std::string tail = "start: a\noutcomes: {done: {success: true}}\n";
  const std::string mood =
      "personas: {ann: {}}\ntouchpoints: {a: {experience: 5, next: {a: {weight: 1, mood: 0.5}, done: 1}}}\n" + tail;
  const std::string patience =
      "personas: {ann: {patience: 5 min}}\ntouchpoints: {a: {duration: 9 min, experience: 5, next: {done: 1}}}\n" +
      tail;
  const std::string many =
      "limits: {visits: 70000}\npersonas: {ann: {}}\ntouchpoints: {a: {experience: 5, next: {done: 1}}}\n" + tail;
  EXPECT_NE(why(mood).find("where 'a' leads persona 'ann' hangs on mood"), std::string::npos) << why(mood);
  EXPECT_NE(why(patience).find("'ann' has a patience"), std::string::npos) << why(patience);
  EXPECT_NE(why(many).find("limits.visits is above 65535"), std::string::npos) << why(many);
}

TEST(PickLimits, pick_as_cumulated_weights_do) {
  const std::vector<double> cumulated = {0.1, 0.1 + 1e-12, 0.7, 1.3};
  const models::PickLimits picks = models::pick_limits(cumulated, 1.3);
  const auto by_weights = [&](std::uint32_t word) {
    const double threshold = engine::uniform(word) * 1.3;
    std::uint32_t i = 0;
    while (i < 3 && !(threshold < cumulated[i])) ++i;
    return i;
  };
  const auto by_limits = [&](std::uint32_t word) {
    std::uint32_t i = picks.first;
    for (const std::uint32_t limit : picks.limits) i += limit < word ? 1 : 0;
    return i;
  };
  std::vector<std::uint32_t> words = {0, 1, ~0U, ~0U - 1};
  for (const std::uint32_t limit : picks.limits) {
    for (const std::uint32_t off : {0U, 1U, 2U}) words.push_back(limit - 1 + off);
  }
  for (std::uint32_t i = 0; i < 100'000; ++i) words.push_back(i * 2'654'435'761U);
  for (const std::uint32_t word : words) EXPECT_EQ(by_limits(word), by_weights(word)) << word;
}

TEST(PickLimits, leave_out_what_no_word_picks) {
  const models::PickLimits picks = models::pick_limits(std::vector<double>{1e-13, 1.0}, 1.0);
  EXPECT_EQ(picks.first, 1U);
  EXPECT_TRUE(picks.limits.empty());
}

}  // namespace
}  // namespace sojourn::tests
