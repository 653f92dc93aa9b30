#include "models/change/scenario.h"
#include "models/change/views.h"
#include "tests/models/journey/sample.h"
#include "tests/support/environment.h"

#include <fstream>

namespace sojourn::models {
namespace {

using tests::errors_of;
using tests::Lines;

class Scenario : public testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text) const {
    const std::filesystem::path path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path.string();
  }

  std::string canonical(const std::string& name) const {
    return std::filesystem::canonical(folder_.path() / name).string();
  }

  tests::TemporaryFolder folder_;
};

TEST_F(Scenario, is_read_whole) {
  write("journey.yaml", tests::least);
  const ScenarioFile found = read_scenario_file(write("whatifs/desk.yaml", R"(scenario: A desk
journey: ../journey.yaml
because: Queues.
changes:
  - set: touchpoints.shop.cost
    to: 3
    for: [anna]
  - scale: touchpoints.shop.experience
    by: 1.1
  - {shift: touchpoints.shop.duration, by: -1 min}
  - remove: touchpoints.home
    reroute: shop
  - add: goals.bread
    as: {label: Bread}
cost: {once: 20000, per_journey: 0.15}
uncertain: {touchpoints.shop.cost: {normal: {mean: 3, sd: 1}}}
)"));
  EXPECT_EQ(found.title, "A desk");
  EXPECT_EQ(found.because, "Queues.");
  EXPECT_EQ(found.journey, "../journey.yaml");
  EXPECT_EQ(found.journey_canonical, canonical("journey.yaml"));
  EXPECT_EQ(found.canonical, canonical("whatifs/desk.yaml"));
  EXPECT_EQ(found.cost_once, 20000);
  EXPECT_EQ(found.cost_per_journey, 0.15);
  EXPECT_EQ(found.uncertain.entries.size(), 1u);
  EXPECT_TRUE(found.bases.empty());
  ASSERT_EQ(found.changes.size(), 5u);
  EXPECT_EQ(found.changes[0].verb, Change::Verb::set);
  EXPECT_EQ(found.changes[0].address, "touchpoints.shop.cost");
  EXPECT_EQ(found.changes[0].value.scalar, "3");
  ASSERT_EQ(found.changes[0].only_for.size(), 1u);
  EXPECT_EQ(found.changes[0].only_for[0].id, "anna");
  EXPECT_EQ(found.changes[1].verb, Change::Verb::scale);
  EXPECT_EQ(found.changes[2].value.scalar, "-1 min");
  EXPECT_EQ(found.changes[3].verb, Change::Verb::remove);
  EXPECT_EQ(found.changes[3].reroute.id, "shop");
  EXPECT_EQ(found.changes[4].verb, Change::Verb::add);
  EXPECT_TRUE(found.changes[4].value.is_map());
}

TEST_F(Scenario, may_stand_on_another) {
  const std::string journey = write("journey.yaml", tests::least);
  write("first.yaml", "scenario: First\njourney: journey.yaml\nchanges: [{set: touchpoints.shop.cost, to: 1}]\n");
  write("second.yaml", "scenario: Second\njourney: first.yaml\nchanges: [{shift: touchpoints.shop.cost, by: 1}]\n");
  const ScenarioFile third = read_scenario_file(
      write("deep/third.yaml",
            "scenario: Third\njourney: ../second.yaml\nchanges: [{scale: touchpoints.shop.cost, by: 5}]\n"));
  ASSERT_EQ(third.bases.size(), 2u);
  EXPECT_EQ(third.bases[0].title, "First");
  EXPECT_EQ(third.bases[1].title, "Second");
  EXPECT_TRUE(third.bases[1].bases.empty());
  EXPECT_EQ(third.journey_canonical, canonical("journey.yaml"));
  const Case of = build_case(read_journey_file(journey), {&third, 1});
  EXPECT_EQ(of.views.views[0].touchpoints[0].way.cost, 10);
  EXPECT_EQ(of.title, "Third");
}

TEST_F(Scenario, a_circle_ends) {
  write("a.yaml", "scenario: A\njourney: b.yaml\nchanges: []\n");
  write("b.yaml", "scenario: B\njourney: ./a.yaml\nchanges: []\n");
  EXPECT_EQ(errors_of([&] { read_scenario_file(folder_.path() / "a.yaml"); }),
            (Lines{"2:10 the scenario stands on itself by way of './a.yaml'"}));
}

TEST_F(Scenario, a_long_chain_ends) {
  write("0.yaml", tests::least);
  for (int i = 1; i <= 70; ++i) {
    write(std::to_string(i) + ".yaml", "scenario: S\njourney: " + std::to_string(i - 1) + ".yaml\nchanges: []\n");
  }
  EXPECT_EQ(read_scenario_file(folder_.path() / "60.yaml").bases.size(), 59u);
  EXPECT_EQ(errors_of([&] { read_scenario_file(folder_.path() / "70.yaml"); }),
            (Lines{"2:10 more than 64 scenarios stand on one another"}));
}

TEST_F(Scenario, a_file_of_another_kind_is_called_by_its_name) {
  const std::string journey = write("journey.yaml", tests::least);
  EXPECT_EQ(errors_of([&] { read_scenario_file(journey); }),
            (Lines{"1:1 this is a journey, and a scenario is needed here"}));
  const std::string scenario = write("s.yaml", "scenario: S\njourney: journey.yaml\nchanges: []\n");
  EXPECT_EQ(errors_of([&] { read_journey_file(scenario); }),
            (Lines{"1:11 this is a scenario, and a journey is needed here"}));
  EXPECT_THROW(read_scenario_file(folder_.path() / "nowhere.yaml"), MissingFile);
  const std::string other = write("other.yaml", "root:x:0:0\n");
  EXPECT_EQ(errors_of([&] { read_scenario_file(write("t.yaml", "scenario: T\njourney: other.yaml\nchanges: []\n")); }),
            (Lines{"2:10 'other.yaml' is not a journey"}));
}

TEST_F(Scenario, is_for_the_file_that_it_names_whatever_the_way_there) {
  const std::string journey = write("journey.yaml", tests::least);
  std::filesystem::create_symlink("journey.yaml", folder_.path() / "link.yaml");
  const ScenarioFile by_link = read_scenario_file(
      write("s.yaml", "scenario: S\njourney: link.yaml\nchanges: [{set: touchpoints.shop.cost, to: 1}]\n"));
  EXPECT_EQ(build_case(read_journey_file(journey), {&by_link, 1}).title, "S");
  const std::string twin = write("twin.yaml", tests::least);
  EXPECT_EQ(errors_of([&] {
              build_case(read_journey_file(twin), {&by_link, 1});
            }),
            (Lines{"2:10 the scenario is on another journey than '" + twin + "'"}));
}

TEST(KindOf, tells_files_apart) {
  EXPECT_EQ(kind_of(tests::source_of(tests::christmas)), FileKind::journey);
  EXPECT_EQ(kind_of(tests::source_of("{\"start\": \"a\", \"outcomes\": {}}")), FileKind::journey);
  EXPECT_EQ(kind_of(tests::source_of("'scenario': x\njourney: a\n")), FileKind::scenario);
  EXPECT_EQ(kind_of(tests::source_of("study: x\nscenarios: []\n")), FileKind::study);
  EXPECT_EQ(kind_of(tests::source_of("about: |\n  scenario: x\n")), FileKind::unknown);
  EXPECT_EQ(kind_of(tests::source_of("")), FileKind::unknown);
}

}  // namespace
}  // namespace sojourn::models
