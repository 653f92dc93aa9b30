#include "tools/report/calibration_part.h"

#include "engine/store/format_error.h"
#include "tools/json/calibrate_json.h"
#include "tools/report/page.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>

namespace sojourn::tools {
namespace {

/// One number, one cell, one weak direction; held-out answers and a log.
CalibrateResult sample() {
  CalibrateResult result;
  result.program = "sojourn 0.0.0";
  result.command = "sojourn calibrate shop.yaml --survey answers.csv";
  result.journey = {"A <shop>", "shop.yaml", std::string(64, 'a')};
  result.survey = {"", "answers.csv", std::string(64, 'b')};
  result.held_out = models::FileStamp{"", "later.csv", std::string(64, 'c')};
  result.out = "calibrated.yaml";
  result.out_sha256 = std::string(64, 'd');
  result.personas = {"mia"};
  result.touchpoints = {"ask"};
  result.periods = {"2024-01"};
  result.names.personas = {{{"mia", "Mia & co"}, ""}};
  models::Calibration& calibration = result.calibration;
  calibration.addresses = {"touchpoints.ask.experience"};
  calibration.is_time = {false};
  calibration.priors = {6};
  calibration.written = {6};
  calibration.mode = {7.25};
  calibration.posterior.parameters = {{7.123456789, 6.5, 7.5, 0.25, 0.9, 1.01, 400}};
  calibration.shapes = {{1, 4, 8, {5, 6, 7}, {0.2, 0.4, 0.2}, {0, 0.1, 1.5}}};
  calibration.weak = {{{{0, 1.0}}, 0.25}};
  calibration.weak_words = {"touchpoints.ask.experience"};
  models::CheckedCell cell;
  cell.observed.persona = 0;
  cell.observed.period = 0;
  cell.observed.touchpoint = models::kNotSaid;
  cell.observed.count[10] = 12;
  cell.observed.count[0] = 4;
  cell.expected[10] = 0.75;
  cell.expected[0] = 0.25;
  cell.p_value = 0.5;
  calibration.cells = {cell, cell};
  calibration.cells[1].p_value = 0.001;
  calibration.answers = 32;
  calibration.rows = 40;
  calibration.fit.log_likelihood = -16;
  calibration.marginal_log_likelihood = -32;
  models::HeldOut& held_out = calibration.held_out.emplace();
  models::Baseline& baseline = held_out.baselines.emplace_back();
  baseline.name = "uniform";
  baseline.scores.emplace();
  baseline.gain = {0.5, 0.1, 0.3, 0.7};
  held_out.drift = 0.5;
  held_out.drift_se = 0.2;
  return result;
}

Json document() { return Json::parse(calibrate_json(sample())); }

std::string written(const Json& json) {
  const auto path = std::filesystem::path(testing::TempDir()) / "calibrate.json";
  std::ofstream(path) << json.dump();
  return path.string();
}

TEST(CalibrationPart, has_what_the_page_draws) {
  const Json part = calibration_part(document(), "x");
  const Json& number = part.at("parameters").at("touchpoints.ask.experience");
  EXPECT_EQ(number.at("estimate"), 7.1235) << "five digits";
  EXPECT_EQ(number.at("prior_lo"), 4.0);
  EXPECT_EQ(number.at("density").at("posterior"), (Json{0.0, 0.1, 1.5}));
  const Json& cell = part.at("fit").at("cells").at(0);
  EXPECT_EQ(cell.at("observed_share").at(10), 0.75);
  EXPECT_EQ(cell.at("touchpoint"), nullptr);
  EXPECT_TRUE(cell.at("fits"));
  EXPECT_FALSE(part.at("fit").at("cells").at(1).at("fits")) << "one in a thousand";
  EXPECT_EQ(part.at("fit").at("gain_per_answer"), 0.5);
  EXPECT_EQ(part.at("weak").at("directions").at(0).at("parts"), (Json{{"touchpoints.ask.experience", 1.0}}));
  EXPECT_EQ(part.at("holdout").at("baselines").at("uniform").at("gain").at("hi"), 0.7);
  EXPECT_TRUE(part.at("holdout").at("drift").at("alarm"));
}

TEST(CalibrationPart, knows_whether_it_is_of_this_file) {
  const std::string path = written(document());
  Console console;
  console.set_talk(Talk::quiet);
  EXPECT_TRUE(read_kept_calibration(path, std::string(64, 'a'), console).at("of_this_file"));
  EXPECT_TRUE(read_kept_calibration(path, std::string(64, 'd'), console).at("of_this_file"));
  testing::internal::CaptureStderr();
  EXPECT_FALSE(read_kept_calibration(path, std::string(64, 'e'), console).at("of_this_file"));
  EXPECT_NE(testing::internal::GetCapturedStderr().find("another version"), std::string::npos);
}

TEST(CalibrationPart, of_something_else_is_refused) {
  const Json good = document();
  const auto refused = [](const Json& json) {
    EXPECT_THROW((void)calibration_part(json, "x"), engine::FormatError) << json.dump().substr(0, 200);
  };
  for (const char* part : {"parameters", "fit", "weak", "holdout", "names", "command", "survey", "transitions"}) {
    Json json = good;
    json.erase(part);
    refused(json);
  }
  Json json = good;
  json["parameters"]["touchpoints.ask.experience"].erase("density");
  refused(json);
  json = good;
  json["fit"]["cells"][0].erase("predicted_hi");
  refused(json);
  json = good;
  json["fit"]["cells"] = 3;
  refused(json);
  json = good;
  json["parameters"] = Json::array({1});
  refused(json);
  json = good;
  json["format"] = "sojourn.run/1";
  Console console;
  EXPECT_THROW((void)read_kept_calibration(written(json), std::string(64, 'a'), console), engine::FormatError);
}

TEST(CalibrationReport, is_a_page_of_its_own_also_without_a_script) {
  for (const char* language : {"en", "de"}) {
    const std::string html = report_page(calibration_report(document(), "x", language));
    EXPECT_NE(html.find("Mia &amp; co, 2024-01"), std::string::npos);
    EXPECT_NE(html.find("A &lt;shop&gt;"), std::string::npos);
    EXPECT_NE(html.find("sojourn calibrate shop.yaml"), std::string::npos);
    EXPECT_NE(html.find(language == std::string("de") ? "In 1 von 2 Gruppen" : "In 1 of 2 groups"), std::string::npos);
  }
}

}  // namespace
}  // namespace sojourn::tools
