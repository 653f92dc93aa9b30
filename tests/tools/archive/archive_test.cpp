#include "tools/archive/archive.h"

#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "tests/tools/archive/sample_result.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <functional>

namespace sojourn::tools {
namespace {

using engine::Archive;
using models::CompareResult;
using models::Figure;
using models::Figures;
using models::FileStamp;
using models::SiteFigures;
using models::Summary;

// ---- equality to the last bit, part by part ----

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
bool same(const Figure& a, const Figure& b) {
  return same(a.estimate, b.estimate) && same(a.se, b.se) && same(a.lo, b.lo) && same(a.hi, b.hi) &&
         same(a.p_better, b.p_better) && same(a.adjusted_lo, b.adjusted_lo) && same(a.adjusted_hi, b.adjusted_hi);
}
bool same(const models::PainFigures& a, const models::PainFigures& b) {
  return same(a.met, b.met) && same(a.open, b.open);
}
bool same(const Summary& a, const Summary& b);
bool same(const models::InputFigure& a, const models::InputFigure& b);
bool same(const models::UncertainInput& a, const models::UncertainInput& b);
bool same(const models::InputGroup& a, const models::InputGroup& b);
bool same(const SiteFigures& a, const SiteFigures& b);
bool same(const models::ChannelFigures& a, const models::ChannelFigures& b) {
  return a.channel == b.channel && same(a.figures, b.figures);
}
template <class A, class B>
bool same(const std::pair<A, B>& a, const std::pair<A, B>& b) {
  return a.first == b.first && same(a.second, b.second);
}
template <class List>
requires requires(const List& list) { list.begin(); }
bool same(const List& a, const List& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return same(x, y); });
}
bool same(const Summary& a, const Summary& b) {
  return a.agents == b.agents && same(a.share, b.share) && same(a.metrics, b.metrics) && same(a.scores, b.scores) &&
         same(a.outcomes, b.outcomes) && same(a.goals, b.goals) && same(a.pains, b.pains);
}
bool same(const SiteFigures& a, const SiteFigures& b) {
  return same(a.metrics, b.metrics) && same(a.pains, b.pains) && same(a.flow, b.flow) && same(a.channels, b.channels);
}
void expect_same(const Figures& a, const Figures& b) {
  EXPECT_TRUE(same(a.overall, b.overall));
  EXPECT_TRUE(same(a.personas, b.personas));
  EXPECT_TRUE(same(a.touchpoints, b.touchpoints));
  EXPECT_TRUE(same(a.by_persona, b.by_persona));
  EXPECT_TRUE(same(a.control_ratio, b.control_ratio));
}
void expect_same(const FileStamp& a, const FileStamp& written) {
  EXPECT_EQ(a.title, written.title);
  EXPECT_EQ(a.file, std::filesystem::path(written.file).filename());
  EXPECT_EQ(a.sha256, written.sha256);
}
void expect_same(const models::Provenance& a, const models::Provenance& b) {
  EXPECT_EQ(a.program, b.program);
  EXPECT_EQ(a.random_scheme, b.random_scheme);
  EXPECT_EQ(a.method, b.method);
  EXPECT_EQ(a.controls, b.controls);
  expect_same(a.journey, b.journey);
  ASSERT_EQ(a.scenarios.size(), b.scenarios.size());
  for (std::size_t i = 0; i < a.scenarios.size(); ++i) expect_same(a.scenarios[i], b.scenarios[i]);
  EXPECT_EQ(a.money, b.money);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.replicate, b.replicate);
  EXPECT_EQ(a.agents, b.agents);
  EXPECT_TRUE(same(a.precision, b.precision));
  EXPECT_EQ(a.resolved_journey, b.resolved_journey);
  EXPECT_EQ(a.resolved_scenarios, b.resolved_scenarios);
}
void expect_same(const std::vector<models::Named>& a, const std::vector<models::Named>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].id, b[i].id);
    EXPECT_EQ(a[i].label, b[i].label);
  }
}
void expect_same(const models::Names& a, const models::Names& b) {
  ASSERT_EQ(a.personas.size(), b.personas.size());
  for (std::size_t i = 0; i < a.personas.size(); ++i) {
    EXPECT_EQ(a.personas[i].id, b.personas[i].id);
    EXPECT_EQ(a.personas[i].label, b.personas[i].label);
    EXPECT_EQ(a.personas[i].quote, b.personas[i].quote);
  }
  ASSERT_EQ(a.touchpoints.size(), b.touchpoints.size());
  for (std::size_t i = 0; i < a.touchpoints.size(); ++i) {
    EXPECT_EQ(a.touchpoints[i].id, b.touchpoints[i].id);
    EXPECT_EQ(a.touchpoints[i].label, b.touchpoints[i].label);
    EXPECT_EQ(a.touchpoints[i].stage, b.touchpoints[i].stage);
    EXPECT_EQ(a.touchpoints[i].importance, b.touchpoints[i].importance);
    EXPECT_EQ(a.touchpoints[i].moment_of_truth, b.touchpoints[i].moment_of_truth);
    expect_same(a.touchpoints[i].channels, b.touchpoints[i].channels);
  }
  ASSERT_EQ(a.outcomes.size(), b.outcomes.size());
  for (std::size_t i = 0; i < a.outcomes.size(); ++i) {
    EXPECT_EQ(a.outcomes[i].id, b.outcomes[i].id);
    EXPECT_EQ(a.outcomes[i].label, b.outcomes[i].label);
    EXPECT_EQ(a.outcomes[i].success, b.outcomes[i].success);
  }
  expect_same(a.goals, b.goals);
  expect_same(a.pains, b.pains);
}

bool same(const models::InputFigure& a, const models::InputFigure& b) {
  return same(a.estimate, b.estimate) && same(a.lo, b.lo) && same(a.hi, b.hi) && same(a.p_best, b.p_best) &&
         same(a.evpi, b.evpi);
}
bool same(const models::UncertainInput& a, const models::UncertainInput& b) {
  return a.address == b.address && a.label == b.label && a.of == b.of && same(a.evppi, b.evppi) &&
         same(a.base_share, b.base_share) && same(a.difference_shares, b.difference_shares);
}
bool same(const models::InputGroup& a, const models::InputGroup& b) { return a.of == b.of && same(a.evppi, b.evppi); }
void expect_same(const std::optional<models::Uncertainty>& a, const std::optional<models::Uncertainty>& b) {
  ASSERT_EQ(a.has_value(), b.has_value());
  if (!a) return;
  EXPECT_EQ(a->draws, b->draws);
  EXPECT_EQ(a->left_out, b->left_out);
  EXPECT_EQ(a->agents, b->agents);
  EXPECT_TRUE(same(a->base, b->base));
  EXPECT_TRUE(same(a->differences, b->differences));
  EXPECT_TRUE(same(a->evpi_se, b->evpi_se));
  EXPECT_TRUE(same(a->inputs, b->inputs));
  EXPECT_TRUE(same(a->groups, b->groups));
}

/// Through the bytes of a file and back.
Archive reread(const Archive& archive) { return engine::read_hdf5_bytes(engine::hdf5_bytes(archive), "x.h5"); }

std::vector<std::string> labels(const Archive& archive, const char* dimension) {
  const engine::Variable* found = engine::find_coordinate(archive, dimension);
  return found == nullptr ? std::vector<std::string>{} : std::get<std::vector<std::string>>(found->values);
}

/// A number by the labels of its place.
double value(const Archive& archive, const std::string& name, const std::vector<std::string>& place) {
  const engine::Variable* variable = engine::find_variable(archive, name);
  if (variable == nullptr || variable->dimensions.size() != place.size()) throw std::runtime_error("no array " + name);
  std::size_t at = 0;
  for (std::size_t d = 0; d < place.size(); ++d) {
    const auto all = labels(archive, variable->dimensions[d].c_str());
    const auto found = std::find(all.begin(), all.end(), place[d]);
    if (found == all.end()) throw std::runtime_error(name + " has no " + place[d]);
    at = at * all.size() + static_cast<std::size_t>(found - all.begin());
  }
  return std::get<std::vector<double>>(variable->values)[at];
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const engine::FormatError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ResultArchive, a_comparison_comes_back_to_the_last_bit) {
  const CompareResult written = models::sample_comparison();
  const Archive archive = archive_of(written);
  EXPECT_EQ(engine::problem_of(archive), "");
  EXPECT_EQ(kind_of(archive, "x.h5"), ResultKind::compare);
  const CompareResult read = read_compare(reread(archive), "x.h5");
  expect_same(read.provenance, written.provenance);
  expect_same(read.names, written.names);
  expect_same(read.base, written.base);
  expect_same(read.uncertain, written.uncertain);
  ASSERT_EQ(read.scenarios.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    const models::Comparison& a = read.scenarios[i];
    const models::Comparison& b = written.scenarios[i];
    expect_same(a.scenario, b.scenario);
    EXPECT_EQ(a.because, b.because);
    expect_same(a.result, b.result);
    expect_same(a.difference, b.difference);
    EXPECT_TRUE(same(a.by_first_change, b.by_first_change));
    EXPECT_TRUE(same(a.flips, b.flips));
    EXPECT_TRUE(same(a.agents_changed, b.agents_changed));
    EXPECT_TRUE(same(a.variance_ratio, b.variance_ratio));
    EXPECT_TRUE(same(a.cost_once, b.cost_once));
    EXPECT_TRUE(same(a.cost_per_journey, b.cost_per_journey));
    EXPECT_TRUE(same(a.net_gain, b.net_gain));
    EXPECT_TRUE(same(a.break_even_journeys, b.break_even_journeys));
    EXPECT_EQ(a.verdict, b.verdict);
    EXPECT_EQ(a.sentence, b.sentence);
  }
  EXPECT_TRUE(engine::identical(archive_of(read), archive));
}

TEST(ResultArchive, a_run_comes_back_to_the_last_bit) {
  const models::RunResult written = models::sample_run();
  const Archive archive = archive_of(written);
  EXPECT_EQ(kind_of(archive, "x.h5"), ResultKind::run);
  const models::RunResult read = read_run(reread(archive), "x.h5");
  expect_same(read.provenance, written.provenance);
  expect_same(read.names, written.names);
  expect_same(read.figures, written.figures);
  expect_same(read.uncertain, written.uncertain);
  EXPECT_EQ(labels(archive, "statistic"), (std::vector<std::string>{"estimate", "se", "lo", "hi"}));
  EXPECT_EQ(labels(archive, "scenario"), std::vector<std::string>{"base"});
  EXPECT_EQ(engine::find_variable(archive, "difference_nps"), nullptr);
}

// Every place of the journey under its own labels: were two dimensions swapped on the way in and out, this would see
// it.
TEST(ResultArchive, numbers_stand_under_their_labels) {
  const CompareResult result = models::sample_comparison();
  const Archive archive = archive_of(result);
  EXPECT_EQ(labels(archive, "scenario"), (std::vector<std::string>{"base", "warm-bench", "warm-bench (2)"}));
  const auto& second = result.scenarios[1];
  using models::Metric;
  using models::SiteMetric;
  EXPECT_EQ(value(archive, "nps", {"base", "estimate"}), result.base.overall[Metric::nps].estimate);
  EXPECT_EQ(value(archive, "nps", {"warm-bench (2)", "hi"}), second.result.overall[Metric::nps].hi);
  EXPECT_EQ(value(archive, "difference_elapsed_hours_p90", {"warm-bench (2)", "adjusted_lo"}),
            second.difference.overall[Metric::elapsed_hours_p90].adjusted_lo);
  EXPECT_EQ(value(archive, "persona_net", {"warm-bench", "gran", "se"}),
            result.scenarios[0].result.personas[1][Metric::net].se);
  EXPECT_EQ(value(archive, "goals", {"base", "gift", "lo"}), result.base.overall.goals[0].lo);
  EXPECT_EQ(value(archive, "persona_pains_open", {"base", "gran", "late", "estimate"}),
            result.base.personas[1].pains[0].open.estimate);
  EXPECT_EQ(value(archive, "difference_outcomes", {"warm-bench", "abandoned", "p_better"}),
            result.scenarios[0].difference.overall.outcomes[1].p_better);
  EXPECT_EQ(value(archive, "touchpoint_mood", {"warm-bench", "exchange", "estimate"}),
            result.scenarios[0].result.touchpoints[2][SiteMetric::mood].estimate);
  EXPECT_EQ(value(archive, "persona_touchpoint_reach", {"base", "gran", "bake", "lo"}),
            result.base.by_persona[1][1][SiteMetric::reach].lo);
  EXPECT_EQ(value(archive, "persona_channel_visits", {"base", "mia", "exchange/post", "estimate"}),
            result.base.by_persona[0][2].channels[0].figures[SiteMetric::visits].estimate);
  EXPECT_EQ(value(archive, "touchpoint_flow", {"base", "bake -> exchange", "estimate"}),
            result.base.touchpoints[1].flow[0].second.estimate);
  EXPECT_TRUE(std::isnan(value(archive, "touchpoint_flow", {"base", "wish -> exchange", "estimate"})));
  EXPECT_EQ(value(archive, "touchpoint_flow", {"warm-bench (2)", "wish -> exchange", "estimate"}),
            second.result.touchpoints[0].flow[3].second.estimate);
  EXPECT_EQ(value(archive, "persona_touchpoint_pains", {"base", "gran", "wish/wrong", "estimate"}),
            result.base.by_persona[1][0].pains[0].second.estimate);
  EXPECT_EQ(value(archive, "channel_flow", {"base", "wish/dream -> abandoned", "estimate"}),
            result.base.touchpoints[0].channels[1].figures.flow[2].second.estimate);
  EXPECT_EQ(value(archive, "difference_channel_pains", {"warm-bench", "exchange/post/late", "estimate"}),
            result.scenarios[0].difference.touchpoints[2].channels[0].figures.pains[0].second.estimate);
  EXPECT_EQ(value(archive, "by_first_change", {"warm-bench", "(end)", "estimate"}),
            result.scenarios[0].by_first_change[3].estimate);
  EXPECT_EQ(value(archive, "flips", {"warm-bench", "detractor", "promoter", "estimate"}),
            result.scenarios[0].flips[0][2].estimate);
  EXPECT_TRUE(std::isnan(value(archive, "difference_nps", {"base", "estimate"})));
  EXPECT_EQ(engine::find_variable(archive, "elapsed_hours")->units, "h");
  EXPECT_EQ(engine::find_variable(archive, "net_gain")->units, "EUR");
}

TEST(ResultArchive, holds_no_folder_and_no_user) {
  const std::string bytes = engine::hdf5_bytes(archive_of(models::sample_comparison()));
  EXPECT_NE(bytes.find("warm-bench.yaml"), std::string::npos);
  for (const char* trace : {"someone", "scenarios/", "/home", "/tmp"}) {
    EXPECT_EQ(bytes.find(trace), std::string::npos) << trace;
  }
}

TEST(ResultArchive, equal_results_give_equal_bytes) {
  CompareResult moved = models::sample_comparison();
  moved.provenance.journey.file = "/another/place/journey.yaml";
  EXPECT_EQ(engine::hdf5_bytes(archive_of(moved)), engine::hdf5_bytes(archive_of(models::sample_comparison())));
  moved.provenance.seed = 2;
  EXPECT_NE(engine::hdf5_bytes(archive_of(moved)), engine::hdf5_bytes(archive_of(models::sample_comparison())));
}

TEST(ResultArchive, a_bare_journey_has_no_empty_dimensions) {
  models::RunResult written = models::sample_run();
  written.names.goals.clear();
  written.names.pains.clear();
  for (auto& touchpoint : written.names.touchpoints) touchpoint.channels.clear();
  const auto strip = [](std::vector<SiteFigures>& sites) {
    for (SiteFigures& site : sites) site.channels.clear(), site.pains.clear();
  };
  Figures& figures = written.figures;
  strip(figures.touchpoints);
  for (auto& sites : figures.by_persona) strip(sites);
  figures.overall.goals.clear(), figures.overall.pains.clear();
  for (Summary& persona : figures.personas) persona.goals.clear(), persona.pains.clear();
  const Archive archive = archive_of(written);
  EXPECT_EQ(engine::problem_of(archive), "");
  for (const char* dimension : {"goal", "pain", "channel", "risk", "channel_edge", "channel_risk"}) {
    EXPECT_EQ(engine::find_coordinate(archive, dimension), nullptr) << dimension;
  }
  EXPECT_EQ(engine::find_variable(archive, "channel_visits"), nullptr);
  const models::RunResult read = read_run(reread(archive), "x.h5");
  expect_same(read.names, written.names);
  expect_same(read.figures, written.figures);
}

TEST(ResultArchive, a_changed_run_is_called_after_its_what_ifs) {
  models::RunResult result = models::sample_run();
  result.provenance.scenarios = {{"Faster", "a/faster.yaml", ""}, {"Elf chat", "elf-chat", ""}};
  EXPECT_EQ(labels(archive_of(result), "scenario"), std::vector<std::string>{"faster + elf-chat"});
  EXPECT_EQ(labels(archive_of(result), "input"), (std::vector<std::string>{"journey", "faster", "elf-chat"}));
}

TEST(ResultArchive, combined_what_ifs_are_called_after_all_of_them) {
  CompareResult result = models::sample_comparison();
  result.scenarios.resize(1);
  result.scenarios[0].scenario = {"Both", "a/b/warm-bench.yaml + ../elf-chat.yaml", "1 + 2"};
  const Archive archive = archive_of(result);
  EXPECT_EQ(labels(archive, "scenario"), (std::vector<std::string>{"base", "warm-bench + elf-chat"}));
  EXPECT_EQ(read_compare(archive, "x.h5").scenarios[0].scenario.file, "warm-bench.yaml + elf-chat.yaml");
}

TEST(ResultArchive, odd_file_names_and_currencies) {
  models::RunResult result = models::sample_run();
  result.provenance.journey.file = "x/\xff\x1b[31m.yaml";
  result.provenance.money = "minutes";  // would make times of every cost
  const Archive archive = reread(archive_of(result));
  EXPECT_EQ(labels(archive, "input"), std::vector<std::string>{"\\xff\\x1b[31m"});
  EXPECT_EQ(engine::find_variable(archive, "cost")->units, "1");
  EXPECT_EQ(read_run(archive, "x.h5").provenance.money, "minutes");
}

TEST(ResultArchive, names_of_a_later_minor_version_are_passed_over) {
  Archive archive = archive_of(models::sample_run());
  archive.attributes[4].value = std::vector<std::int64_t>{1, 7};
  archive.attributes.push_back({"mascot", "elf"});
  archive.coordinates.push_back({"moon", {"moon"}, std::vector<std::int64_t>{1, 2}, "", "", {}});
  archive.variables.push_back({"tide", {"moon"}, std::vector<double>{1, 2}, "", "", {}});
  archive.texts.push_back({"poem", "..."});
  expect_same(read_run(reread(archive), "x.h5").figures, models::sample_run().figures);
}

TEST(ResultArchive, what_is_no_such_result_is_refused_in_words) {
  const Archive run = archive_of(models::sample_run());
  const Archive comparison = archive_of(models::sample_comparison());
  const auto changed = [&](auto change) {
    Archive archive = run;
    change(archive);
    return message_of([&] { read_run(archive, "x.h5"); });
  };
  const auto variable = [](Archive& archive, const char* name) -> engine::Variable& {
    return const_cast<engine::Variable&>(*engine::find_variable(archive, name));
  };
  EXPECT_EQ(message_of([&] { read_run(comparison, "x.h5"); }),
            "x.h5: error: this is the result of a comparison (the result of a single run was expected)");
  EXPECT_EQ(message_of([&] { read_compare(run, "x.h5"); }),
            "x.h5: error: this is the result of a single run (a comparison was expected)");
  EXPECT_EQ(message_of([&] { read_run(Archive{}, "x.h5"); }),
            "x.h5: error: this is not a result of sojourn (it does not say that it is). Is it the right file?");
  EXPECT_EQ(changed([](Archive& a) {
              a.attributes[4].value = std::vector<std::int64_t>{2, 0};
            }),
            "x.h5: error: the file is of version 2 (this program reads version 1). Use the program that wrote it: "
            "sojourn 0.1.0");
  EXPECT_EQ(changed([](Archive& a) { a.attributes[5].value = "batch"; }),
            "x.h5: error: the file holds a result of another kind ('batch' is not known here). "
            "Use the program that wrote it: sojourn 0.1.0");
  const std::string end = " (the file contradicts itself). Write the file again";
  EXPECT_EQ(changed([](Archive& a) { a.attributes[8].value = "1"; }),
            "x.h5: error: the attribute 'seed' is missing or of another type" + end);
  EXPECT_EQ(changed([&](Archive& a) { variable(a, "nps").name = "npss"; }),
            "x.h5: error: the array 'nps' is missing" + end);
  EXPECT_EQ(changed([&](Archive& a) {
              variable(a, "nps").dimensions = {"statistic", "scenario"};
            }),
            "x.h5: error: the array 'nps' is of another type or shape" + end);
  EXPECT_EQ(
      changed([&](Archive& a) { std::get<std::vector<std::string>>(variable(a, "edge_to").values)[0] = "nowhere"; }),
      "x.h5: error: 'nowhere' in 'edge_to' is not among those it should be of" + end);
  EXPECT_EQ(changed([&](Archive& a) { std::get<std::vector<std::int64_t>>(variable(a, "agents").values)[0] = -1; }),
            "x.h5: error: a number of agents is negative" + end);
}

}  // namespace
}  // namespace sojourn::tools
