// Study files: what is read, and what is refused with its place.

#include "models/study/read.h"

#include "models/study/plan.h"
#include "tests/support/environment.h"

#include <gmock/gmock.h>

#include <fstream>

namespace sojourn::models {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kShop = R"(journey: A shop
personas: {anna: {expectation: {normal: {mean: 7, sd: 1}}}}
touchpoints:
  queue: {duration: {lognormal: {median: 5 min, sigma: 0.5}}, experience: {normal: {mean: 6, sd: 1}}, pains: {wait: {probability: 0.2}}, next: {counter: 3, gone: 1}}
  counter: {experience: {normal: {mean: 8, sd: 1}}, cost: 2, next: {bread: 1}}
pains: {wait: {severity: 2}}
start: queue
outcomes: {bread: {success: true, value: 4}, gone: {label: Left}}
)";
constexpr const char* kTill = R"(scenario: A second till
journey: shop.yaml
changes:
  - scale: touchpoints.queue.duration
    by: 0.6
)";
constexpr const char* kChat = R"(scenario: A word
journey: shop.yaml
changes:
  - add: touchpoints.chat
    as: {experience: {normal: {mean: 9, sd: 1}}, next: {counter: 1}}
  - set: touchpoints.queue.next.chat.weight
    to: 1
)";

class StudyFiles : public testing::Test {
 protected:
  void SetUp() override {
    write("shop.yaml", kShop);
    write("till.yaml", kTill);
    write("chat.yaml",
          "scenario: A word\njourney: shop.yaml\nchanges:\n"
          "  - {add: touchpoints.chat, as: {experience: {normal: {mean: 9, sd: 1}}, next: {counter: 1}}}\n"
          "  - {add: touchpoints.queue.next.chat, as: {weight: 1}}\n");
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_.path() / name) << text; }
  Study read(const std::string& text) {
    write("study.yaml", "study: S\njourney: shop.yaml\n" + text);
    return read_study_file((folder_.path() / "study.yaml").string());
  }
  std::string refused(const std::string& text) {
    try {
      const Plan plan(read(text));
    } catch (const InputError& error) {
      return error.what();
    }
    return "read";
  }

  tests::TemporaryFolder folder_;
};

TEST_F(StudyFiles, have_everything_by_default) {
  const Plan plan(read(""));
  EXPECT_EQ(plan.count(), 1U);
  EXPECT_EQ(plan.study().agents, 100'000U);
  EXPECT_EQ(plan.study().replications, 1U);
  EXPECT_TRUE(plan.study().keep.metrics);
  EXPECT_FALSE(plan.study().keep.agents);
  EXPECT_EQ(plan.describe(plan.point(0)), "as it is");
}

TEST_F(StudyFiles, are_read_whole) {
  const Study study = read(R"(about: Why.
scenarios: [till.yaml, chat.yaml]
combine: all
factors:
  touchpoints.queue.duration.lognormal.median: [5 min, 10 min]
  touchpoints.counter.cost: {uniform: {low: 1, high: 3}}
design: {grid: {levels: 3}}
replications: 4
agents: 1e4
precision: 0.5
seed: 7
keep: [metrics, agents]
)");
  EXPECT_EQ(study.title, "S");
  EXPECT_EQ(study.scenarios.size(), 2U);
  EXPECT_EQ(study.combine, Combine::all);
  EXPECT_THAT(study.factors[0].values, ElementsAre(300e3, 600e3));
  EXPECT_EQ(study.factors[0].base, 300e3);
  EXPECT_EQ(study.factors[1].range->distribution.b, 3);
  EXPECT_EQ(study.agents, 10'000U);
  EXPECT_EQ(study.precision, 0.5);
  EXPECT_EQ(study.seed, 7U);
  EXPECT_TRUE(study.keep.agents);
  EXPECT_FALSE(study.keep.scores);
  const Plan plan{Study(study)};
  EXPECT_EQ(plan.rows(), 6U);
  EXPECT_THAT(plan.sets(), ElementsAre(ElementsAre(), ElementsAre(0), ElementsAre(1), ElementsAre(0, 1)));
  EXPECT_EQ(plan.count(), 24U);
  EXPECT_EQ(plan.set_title(3), "A second till + A word");
  EXPECT_EQ(plan.run(3).replicate, 3U);
  EXPECT_EQ(plan.run(3).seed, 7U);
}

TEST_F(StudyFiles, refuse_with_the_place) {
  const auto expect = [&](const std::string& text, const std::string& place, const std::string& message) {
    const std::string found = refused(text);
    EXPECT_THAT(found, HasSubstr("study.yaml:" + place + ": error: "));
    EXPECT_THAT(found, HasSubstr(message));
  };
  expect("factor: {}\n", "3:1",
         "unknown key 'factor' (a key that is not read would be silently lost). Did you mean 'factors'?");
  expect("factors: {touchpoints.queu.cost: [1, 2]}\n", "3:11", "Did you mean 'queue'?");
  expect("factors: {touchpoints.counter.cost: 3}\n", "3:37", "neither a range nor a list");
  expect("factors: {touchpoints.counter.label: [a, b]}\n", "3:11", "is not a number");
  expect("factors: {touchpoints.queue.duration: [5 min]}\n", "3:11",
         "Write touchpoints.queue.duration.lognormal.median");
  expect("factors: {touchpoints.queue.pains.wait.probability: [0.1, 1.2]}\n", "3:58", "from 0 to 1");
  expect("factors: {touchpoints.queue.pains.wait.probability: {uniform: {low: 0.1, high: 1.2}}}\n", "3:", "1.2");
  expect("factors: {pains.wait.severity: {uniform: {low: -1, high: 1}}}\ndesign: {sobol: {points: 4}}\n", "3:32",
         "is not within 0 or more");
  expect("factors: {touchpoints.queue.duration.lognormal.median: [5]}\n", "3:56", "unit");
  expect("factors: {touchpoints.counter.cost: [1, 1]}\n", "3:41", "is there twice");
  expect("factors: {touchpoints.counter.cost: {uniform: {low: 1, high: 2}}}\n", "3:11",
         "a study has ranges and no design");
  expect("design: {sobol: {points: 4}}\n", "3:10", "has no factors");
  expect("design: {sobol: {points: 4}, grid: {}}\n", "3:", "both");
  expect("design: {morris: {trajectories: 4, levels: 3}}\nfactors: {touchpoints.counter.cost: [1, 2]}\n", "3:44",
         "odd");
  expect("design: {grid: {}}\nfactors: {touchpoints.counter.cost: {uniform: {low: 1, high: 2}}}\n", "3:10",
         "needs 'levels'");
  expect("scenarios: [til.yaml]\n", "3:13", "cannot be read");
  expect("scenarios: [till.yaml, ./till.yaml]\n", "3:24", "is there twice");
  expect("scenarios: [shop.yaml]\n", "", "this is a journey, and a scenario is needed here");
  expect("combine: al\n", "3:10", "Did you mean 'all'?");
  expect("keep: [metrics, persons]\n", "3:17", "Did you mean 'personas'?");
  expect("replications: 0\n", "3:15", "replications");
  expect("factors: {touchpoints.queue.next.gone.weight: [0, 1], touchpoints.queue.next.counter.weight: [3]}\n", "", "");
}

}  // namespace
}  // namespace sojourn::models
