#include "tools/archive/posterior_archive.h"

#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tests/support/environment.h"
#include "tools/archive/archive.h"

#include <gtest/gtest.h>

#include <functional>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::Doubles;
using engine::Strings;

constexpr double kHour = 3'600'000;

/// Two chains of three draws of three numbers, the second of which is a time.
CalibrateResult sample() {
  CalibrateResult result;
  result.program = "sojourn 0.0.0";
  result.journey = {"A shop", "folder/shop.yaml", std::string(64, 'a')};
  result.survey = {"", "folder/answers.csv", std::string(64, 'b')};
  result.seed = 7;
  result.personas = {"mia", "zoe"};
  result.touchpoints = {"ask", "pay"};
  result.periods = {"2024-01"};
  models::Calibration& calibration = result.calibration;
  calibration.addresses = {"touchpoints.ask.experience", "touchpoints.ask.duration", "touchpoints.ask_experience"};
  calibration.is_time = {false, true, false};
  Eigen::MatrixXd first(3, 3);
  first << 1, 2 * kHour, 3, 4, 5 * kHour, 6, 7, 8 * kHour, 9;
  calibration.posterior.chains = {first, 10 * first};
  calibration.posterior.log_densities = {Eigen::Vector3d(-1, -2, -3), Eigen::Vector3d(-4, -5, -6)};
  calibration.posterior.parameters = {
      {1, 0, 0, 0, 0.1, 1.01, 100}, {2, 0, 0, 0, 0.2, 1.02, 200}, {3, 0, 0, 0, 0.3, 1.03, 300}};
  calibration.posterior.accepted = 0.8;
  calibration.posterior.divergent = 2;
  calibration.posterior.noise = 0.01;
  calibration.prior = first.topRows(2);
  calibration.journeys = 1000;
  models::CheckedCell cell;
  cell.observed.persona = 1;
  cell.observed.period = 0;
  cell.observed.count[10] = 12.5;
  cell.expected[10] = 0.75;
  calibration.cells = {cell, cell};
  calibration.cells[1].observed.touchpoint = 0;
  calibration.cells[1].observed.persona = models::kNotSaid;
  return result;
}

const Doubles& numbers(const Archive& archive, const char* name, const char* group) {
  const engine::Variable* found = engine::find_variable(archive, name, group);
  static const Doubles none;
  return found ? std::get<Doubles>(found->values) : none;
}

TEST(PosteriorArchive, has_the_groups_that_arviz_knows) {
  const Archive archive = posterior_archive(sample());
  ASSERT_EQ(engine::problem_of(archive), "");
  EXPECT_EQ(engine::groups_of(archive),
            (Strings{"posterior", "prior", "observed_data", "posterior_predictive", "sample_stats"}));
  EXPECT_TRUE(engine::identical(engine::read_hdf5_bytes(engine::hdf5_bytes(archive), "x.h5"), archive));
  EXPECT_EQ(numbers(archive, "touchpoints_ask_experience", "posterior"), (Doubles{1, 4, 7, 10, 40, 70}));
  EXPECT_EQ(numbers(archive, "touchpoints_ask_experience_2", "posterior"),
            (Doubles{3, 6, 9, 30, 60, 90}));  // a namesake
  EXPECT_EQ(numbers(archive, "touchpoints_ask_duration", "posterior"), (Doubles{2, 5, 8, 20, 50, 80}));
  EXPECT_EQ(engine::find_variable(archive, "touchpoints_ask_duration", "posterior")->units, "h");
  EXPECT_EQ(numbers(archive, "touchpoints_ask_duration", "prior"), (Doubles{2, 5}));
  EXPECT_EQ(numbers(archive, "lp", "sample_stats"), (Doubles{-1, -2, -3, -4, -5, -6}));
  EXPECT_EQ(numbers(archive, "rhat", "sample_stats"), (Doubles{1.01, 1.02, 1.03}));
  EXPECT_EQ(numbers(archive, "ess", "sample_stats"), (Doubles{100, 200, 300}));
  ASSERT_EQ(numbers(archive, "counts", "observed_data").size(), 22U);
  EXPECT_EQ(numbers(archive, "counts", "observed_data")[10], 12.5);
  EXPECT_EQ(numbers(archive, "shares", "posterior_predictive")[21], 0.75);
  const auto labels = [&](const char* name) {
    return std::get<Strings>(engine::find_variable(archive, name, "observed_data")->values);
  };
  EXPECT_EQ(labels("persona"), (Strings{"zoe", ""}));
  EXPECT_EQ(labels("touchpoint"), (Strings{"", "ask"}));
  EXPECT_EQ(labels("period"), (Strings{"2024-01", "2024-01"}));
}

TEST(PosteriorArchive, comes_back_chain_after_chain_in_the_unit_of_the_address) {
  const models::PosteriorDraws draws = posterior_draws(posterior_archive(sample()), "there/p.h5");
  EXPECT_EQ(draws.addresses, sample().calibration.addresses);
  ASSERT_EQ(draws.draws(), 6U);
  EXPECT_EQ(draws.values[0], (Doubles{1, 4, 7, 10, 40, 70}));
  EXPECT_EQ(draws.values[1], (Doubles{2 * kHour, 5 * kHour, 8 * kHour, 20 * kHour, 50 * kHour, 80 * kHour}));
  EXPECT_EQ(draws.journey_file, "shop.yaml");
  EXPECT_EQ(draws.journey_sha256, std::string(64, 'a'));
  EXPECT_EQ(draws.title, "p.h5");
  EXPECT_EQ(draws.file, "there/p.h5");

  const tests::TemporaryFolder folder;
  const std::string path = (folder.path() / "p.h5").string();
  engine::write_hdf5(posterior_archive(sample()), path);
  EXPECT_EQ(read_posterior(path).values, draws.values);
  EXPECT_TRUE(read_posterior(path).title.starts_with("p.h5 (sha256 ")) << read_posterior(path).title;
}

TEST(PosteriorArchive, what_is_none_is_refused) {
  const auto said = [](const std::function<void(Archive&)>& change) {
    Archive archive = posterior_archive(sample());
    change(archive);
    try {
      posterior_draws(archive, "p.h5");
    } catch (const engine::FormatError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_EQ(said([](Archive&) {}), "accepted");
  EXPECT_EQ(
      said([](Archive& a) { a.attributes.clear(); }),
      "p.h5: error: this is not a posterior (it does not say that it is one). Make one with calibrate --posterior");
  EXPECT_EQ(
      said([](Archive& a) { a.attributes[0].value = "sojourn.posterior/2"; }),
      "p.h5: error: the file has the format 'sojourn.posterior/2' (this program reads 'sojourn.posterior/1'). Use the "
      "program that wrote it: sojourn 0.0.0");
  EXPECT_NE(said([](Archive& a) { a.variables[0].attributes.clear(); }).find("has no address"), std::string::npos);
  EXPECT_NE(said([](Archive& a) { a.variables[0].attributes = a.variables[1].attributes; }).find("is there twice"),
            std::string::npos);
  EXPECT_NE(said([](Archive& a) { a.variables[0].units = "K"; }).find("has the unit 'K'"), std::string::npos);
  EXPECT_NE(said([](Archive& a) { std::get<Doubles>(a.variables[0].values)[0] = models::kNone; }).find("no number"),
            std::string::npos);
  EXPECT_NE(said([](Archive& a) {
              std::erase_if(a.variables, [](const auto& v) { return v.group == "posterior"; });
            }).find("has no draws"),
            std::string::npos);
}

TEST(PosteriorArchive, is_no_result) {
  try {
    kind_of(posterior_archive(sample()), "p.h5");
    FAIL() << "accepted";
  } catch (const engine::FormatError& error) {
    EXPECT_EQ(std::string(error.what()),
              "p.h5: error: this is a posterior, not a result ('calibrate' wrote it). Make a result with it: compare "
              "JOURNEY SCENARIO "
              "--posterior p.h5");
  }
}

}  // namespace
}  // namespace sojourn::tools
