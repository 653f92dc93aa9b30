#include "tools/studio/what_if.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace sojourn::tools {
namespace {

Json asked(Json changes) {
  return {{"title", "A \"what\": if # 1"}, {"because", "of\nit"}, {"changes", std::move(changes)}};
}

TEST(WhatIf, text_is_a_scenario_that_reads_back_to_the_same_changes) {
  const std::string folder = testing::TempDir();
  std::ofstream(std::filesystem::path(folder) / "what_if_journey.yaml")
      << "journey: J\npersonas: {p: {name: P}}\ntouchpoints: {a: {experience: 5, next: {end: 1}}}\nstart: a\noutcomes: "
         "{end: {}}\n";
  const Json changes = {{{"set", "touchpoints.a.duration"}, {"to", "36 h"}},
                        {{"line", "{scale: touchpoints.a.cost, by: 0.5, for: [p]}"}},
                        {{"line", "{remove: touchpoints.a, reroute: b}"}}};
  const std::string text = scenario_text(asked(changes), "what_if_journey.yaml");
  const auto source = std::make_shared<models::SourceText>(models::SourceText{"text", text});
  const models::ScenarioFile read = models::read_scenario(source, folder);
  EXPECT_EQ(read.title, "A \"what\": if # 1");
  EXPECT_EQ(read.because, "of\nit");
  EXPECT_EQ(changes_of(read), (std::vector<std::string>{"{set: touchpoints.a.duration, to: 36 h}",
                                                        "{scale: touchpoints.a.cost, by: 0.5, for: [p]}",
                                                        "{remove: touchpoints.a, reroute: b}"}));
}

TEST(WhatIf, keeps_for_whom_a_change_is_and_what_is_uncertain) {
  const std::string folder = testing::TempDir();
  std::ofstream(std::filesystem::path(folder) / "what_if_journey.yaml")
      << "journey: J\npersonas: {p: {name: P}}\ntouchpoints: {a: {experience: 5, next: {end: 1}}}\nstart: a\noutcomes: "
         "{end: {}}\n";
  Json what_if = asked({{{"set", "touchpoints.a.effort"}, {"to", "3"}, {"for", {"p", "no"}}}});
  what_if["uncertain"] = {{{"address", "touchpoints.a.effort"}, {"line", "{uniform: {low: 2, high: 4}}"}}};
  const std::string text = scenario_text(what_if, "what_if_journey.yaml");
  const auto source = std::make_shared<models::SourceText>(models::SourceText{"text", text});
  const models::ScenarioFile read = models::read_scenario(source, folder);
  EXPECT_EQ(changes_of(read), (std::vector<std::string>{"{set: touchpoints.a.effort, to: 3, for: [p, no]}"}));
  const std::vector<UncertainLine> uncertain = uncertain_of(read);
  ASSERT_EQ(uncertain.size(), 1U);
  EXPECT_EQ(uncertain.front().address, "touchpoints.a.effort");
  EXPECT_EQ(uncertain.front().line, "{uniform: {low: 2, high: 4}}");
}

TEST(WhatIf, nothing_else_gets_in_by_persona_or_uncertainty) {
  for (const Json& whom : {Json("p"), Json::array(), Json{"p]\nstudy: x"}, Json{1}, Json{""}}) {
    const Json change = {{"set", "a.b"}, {"to", "1"}, {"for", whom}};
    EXPECT_THROW(scenario_text(asked(Json::array({change})), "j.yaml"), models::InputError) << whom.dump();
  }
  for (const Json& one : {Json("x"), Json{{"address", "a: 1\nb"}, {"line", "{x: 1}"}},
                          Json{{"address", "a"}, {"line", "{x: 1}\nstudy: 1"}}, Json{{"address", "a"}, {"line", "x"}},
                          Json{{"line", "{x: 1}"}}}) {
    Json what_if = asked({{{"set", "a.b"}, {"to", "1"}}});
    what_if["uncertain"] = Json::array({one});
    EXPECT_THROW(scenario_text(what_if, "j.yaml"), models::InputError) << one.dump();
  }
}

TEST(WhatIf, nothing_but_changes_gets_into_the_text) {
  for (const Json& change :
       {Json{{"set", "a\nstudy: x"}, {"to", "1"}}, Json{{"set", "a.b"}, {"to", "1\ncost: 3"}},
        Json{{"set", "a.b"}, {"to", "{x: 1}"}}, Json{{"set", "a.b"}}, Json{{"line", "{set: a, to: 1}\nstudy: x"}},
        Json{{"line", "set: a"}}, Json("text"), Json()}) {
    EXPECT_THROW(scenario_text(asked(Json::array({change})), "j.yaml"), models::InputError) << change.dump();
  }
  EXPECT_THROW(scenario_text(asked(Json::array()), "j.yaml"), models::InputError);
  EXPECT_THROW(scenario_text(asked(Json(std::vector<int>(most_changes + 1))), "j.yaml"), models::InputError);
}

}  // namespace
}  // namespace sojourn::tools
