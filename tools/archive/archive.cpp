#include "tools/archive/archive.h"

#include "engine/base/contract.h"
#include "engine/store/hdf5.h"
#include "tools/archive/detail/archive_words.h"
#include "tools/archive/figure_tables.h"
#include "tools/archive/file_labels.h"
#include "tools/json/json.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace sojourn::tools {
namespace {

using namespace detail;
using engine::Archive;
using engine::Variable;
using models::Comparison;
using models::Figure;
using models::Figures;
using models::FileStamp;

using engine::Doubles;
using engine::Strings;
using engine::Wholes;

template <class T, class Get>
auto each(const std::vector<T>& list, Get get) {
  std::vector<std::decay_t<decltype(get(list.front()))>> values;
  for (const T& entry : list) values.push_back(get(entry));
  return values;
}
template <class T>
Strings ids(const std::vector<T>& list) {
  return each(list, [](const T& entry) { return entry.id; });
}
template <class T>
Strings labels(const std::vector<T>& list) {
  return each(list, [](const T& entry) { return entry.label; });
}

struct Case {
  std::string label;
  FileStamp stamp;
  Figures* result = nullptr;
  Comparison* comparison = nullptr;  // none: the base
};

class Writer {
 public:
  Writer(const models::Provenance& provenance, const models::Names& names, std::vector<Case> cases,
         std::size_t statistics)
      : provenance_(provenance), names_(names), cases_(std::move(cases)), statistics_(statistics) {}

  /// Null where nothing was drawn.
  void set(const models::Uncertainty* uncertain) { uncertain_ = uncertain; }

  Archive archive() {
    std::vector<Figures*> results, differences, all;
    for (const Case& one : cases_) {
      results.push_back(one.result);
      differences.push_back(one.comparison == nullptr ? nullptr : &one.comparison->difference);
      all.push_back(one.result);
      if (differences.back() != nullptr) all.push_back(differences.back());
    }
    const bool compares = statistics_ > kRunStatistics;
    const Axes axes = axes_of(names_, all);
    write_head(compares ? "compare" : "run");
    write_axes(axes);
    write_cases();
    each_table(names_, axes, results, Content::result, [&](const FigureTable& table) { add(table); });
    if (compares) {
      each_table(names_, axes, differences, Content::difference, [&](const FigureTable& table) { add(table); });
      write_comparisons();
    }
    if (uncertain_ != nullptr) write_uncertain(compares);
    name_labels();
    return std::move(archive_);
  }

 private:
  // ---- what it was made from ----
  void write_head(const char* kind) {
    const auto text = [&](const char* name, std::string_view value) {
      archive_.attributes.push_back({name, std::string(value)});
    };
    text("Conventions", "CF-1.10 sojourn-1.0");
    text("title", provenance_.journey.title);
    text("source", provenance_.program);
    text("filetype", kFileType);
    archive_.attributes.push_back({"filetype_version", Wholes{kMajor, kMinor}});
    text("result", kind);
    text("method", provenance_.method);
    text("random_scheme", provenance_.random_scheme);
    archive_.attributes.push_back({"seed", provenance_.seed});
    archive_.attributes.push_back({"replicate", std::int64_t{provenance_.replicate}});
    archive_.attributes.push_back({"agents", static_cast<std::int64_t>(provenance_.agents)});
    if (!std::isnan(provenance_.precision)) archive_.attributes.push_back({"precision", provenance_.precision});
    text("money", provenance_.money);
    std::string controls;
    for (const std::string& one : provenance_.controls) controls += (controls.empty() ? "" : " ") + one;
    text("controls", controls);

    archive_.texts.push_back({"resolved_journey", provenance_.resolved_journey});
    for (std::size_t i = 0; i < provenance_.resolved_scenarios.size(); ++i) {
      archive_.texts.push_back({"resolved_scenario_" + std::to_string(i + 1), provenance_.resolved_scenarios[i]});
    }
  }

  void coordinate(const char* name, engine::Values values, const char* long_name) {
    if (engine::size(values) > 0) archive_.coordinates.push_back({name, {name}, std::move(values), long_name, "", {}});
  }

  /// About the dimension: left out with it.
  void describe(const char* name, const char* dimension, engine::Values values, const char* long_name,
                const char* units = "") {
    if (engine::size(values) > 0)
      archive_.variables.push_back({name, {dimension}, std::move(values), long_name, units, {}});
  }

  /// As CF says what a number of 0 or 1 means, where others would have an enumeration.
  void describe_flag(const char* name, const char* dimension, Wholes values, const char* long_name) {
    if (values.empty()) return;
    describe(name, dimension, std::move(values), long_name);
    archive_.variables.back().attributes = {{"flag_values", Wholes{0, 1}}, {"flag_meanings", "no yes"}};
  }

  void write_axes(const Axes& axes) {
    const auto& touchpoints = names_.touchpoints;
    const auto channel_name = [&](Pair pair) {
      return touchpoints[pair.first].id + "/" + touchpoints[pair.first].channels[pair.second].id;
    };
    const auto target = [&](Pair pair) { return names_.target(pair.second); };
    const auto pain = [&](Pair pair) { return names_.pains[pair.second].id; };
    const auto of_touchpoint = [&](Pair pair) { return touchpoints[pair.first].id; };
    const auto of_channel = [&](Pair pair) { return channel_name(axes.channels[pair.first]); };
    const auto joined = [](const char* between, auto first, auto second) {
      return [=](Pair pair) { return first(pair) + between + second(pair); };
    };
    std::vector<FileStamp> inputs = {provenance_.journey};
    inputs.insert(inputs.end(), provenance_.scenarios.begin(), provenance_.scenarios.end());

    coordinate("scenario", each(cases_, [](const Case& one) { return one.label; }), "Base and what-ifs");
    coordinate("statistic",
               each(std::vector<Statistic>(kStatistics.begin(),
                                           kStatistics.begin() + static_cast<std::ptrdiff_t>(statistics_)),
                    [](const Statistic& statistic) { return std::string(statistic.name); }),
               "Estimate, standard error, 95 % interval");
    coordinate("persona", ids(names_.personas), "Persona");
    coordinate("touchpoint", ids(touchpoints), "Touchpoint");
    coordinate("channel", each(axes.channels, channel_name), "Touchpoint / channel");
    coordinate("outcome", ids(names_.outcomes), "Outcome");
    coordinate("goal", ids(names_.goals), "Goal");
    coordinate("pain", ids(names_.pains), "Pain");
    coordinate("answer", Wholes{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, "Answer to: would you recommend us?");
    coordinate("edge", each(axes.edges, joined(" -> ", of_touchpoint, target)), "Touchpoint -> what comes next");
    coordinate("risk", each(axes.risks, joined("/", of_touchpoint, pain)), "Touchpoint / pain");
    coordinate("channel_edge", each(axes.channel_edges, joined(" -> ", of_channel, target)),
               "Channel -> what comes next");
    coordinate("channel_risk", each(axes.channel_risks, joined("/", of_channel, pain)), "Channel / pain");
    coordinate("input", distinct(each(inputs, short_name)), "Files that went in, the journey first");

    describe("persona_label", "persona", labels(names_.personas), "Persona, for people");
    describe("persona_quote", "persona", each(names_.personas, [](const auto& p) { return p.quote; }),
             "What the persona says");
    describe("touchpoint_label", "touchpoint", labels(touchpoints), "Touchpoint, for people");
    describe("touchpoint_stage", "touchpoint", each(touchpoints, [](const auto& t) { return t.stage; }), "Stage");
    describe("touchpoint_importance", "touchpoint", each(touchpoints, [](const auto& t) { return t.importance; }),
             "Weight in memory and mood", "1");
    describe_flag("touchpoint_moment_of_truth", "touchpoint",
                  each(touchpoints, [](const auto& t) { return std::int64_t{t.moment_of_truth}; }), "Moment of truth");
    describe("channel_touchpoint", "channel", each(axes.channels, of_touchpoint), "Touchpoint of the channel");
    describe("channel_id", "channel",
             each(axes.channels, [&](Pair pair) { return touchpoints[pair.first].channels[pair.second].id; }),
             "Channel");
    describe("channel_label", "channel",
             each(axes.channels, [&](Pair pair) { return touchpoints[pair.first].channels[pair.second].label; }),
             "Channel, for people");
    describe("outcome_label", "outcome", labels(names_.outcomes), "Outcome, for people");
    describe_flag("outcome_success", "outcome",
                  each(names_.outcomes, [](const auto& o) { return std::int64_t{o.success}; }), "Is a success");
    describe("goal_label", "goal", labels(names_.goals), "Goal, for people");
    describe("pain_label", "pain", labels(names_.pains), "Pain, for people");
    describe("edge_from", "edge", each(axes.edges, of_touchpoint), "Touchpoint");
    describe("edge_to", "edge", each(axes.edges, target), "Touchpoint or outcome that comes next");
    describe("risk_touchpoint", "risk", each(axes.risks, of_touchpoint), "Touchpoint");
    describe("risk_pain", "risk", each(axes.risks, pain), "Pain");
    describe("channel_edge_from", "channel_edge", each(axes.channel_edges, of_channel), "Touchpoint / channel");
    describe("channel_edge_to", "channel_edge", each(axes.channel_edges, target),
             "Touchpoint or outcome that comes next");
    describe("channel_risk_channel", "channel_risk", each(axes.channel_risks, of_channel), "Touchpoint / channel");
    describe("channel_risk_pain", "channel_risk", each(axes.channel_risks, pain), "Pain");
    describe("input_title", "input", each(inputs, [](const FileStamp& f) { return f.title; }), "Title of the file");
    describe("input_file", "input", each(inputs, [](const FileStamp& f) { return file_name(f.file); }),
             "Name of the file");
    describe("input_sha256", "input", each(inputs, [](const FileStamp& f) { return f.sha256; }),
             "SHA-256 of its bytes");
  }

  // ---- figures ----
  std::string units_of(models::Unit unit) const {
    const std::string& money = provenance_.money;
    switch (unit) {
      case models::Unit::hours: return "h";
      case models::Unit::money: return money.empty() || !engine::is_plain_unit(money) ? "1" : money;
      case models::Unit::nps_points:
      case models::Unit::points:
      case models::Unit::share:
      case models::Unit::count: return "1";
    }
    return "";
  }

  void add(const FigureTable& table) {
    Doubles values;
    for (const Figure* cell : table.cells) {
      for (std::size_t s = 0; s < statistics_; ++s) {
        values.push_back(cell == nullptr ? models::kNone : cell->*kStatistics[s].part);
      }
    }
    Strings dimensions = table.dimensions;
    dimensions.emplace_back("statistic");
    constexpr std::array<const char*, 3> directions = {"more", "less", "neutral"};  // [Better]
    archive_.variables.push_back({table.name,
                                  dimensions,
                                  std::move(values),
                                  table.long_name,
                                  units_of(table.unit),
                                  {{"better", directions[static_cast<std::size_t>(table.better)]}}});
  }

  void write_cases() {
    const auto of_case = [&](auto get) { return each(cases_, get); };
    describe("scenario_title", "scenario", of_case([](const Case& one) { return one.stamp.title; }), "Title");
    describe("scenario_file", "scenario", of_case([](const Case& one) { return file_name(one.stamp.file); }),
             "Name of the file");
    describe("scenario_sha256", "scenario", of_case([](const Case& one) { return one.stamp.sha256; }),
             "SHA-256 of its bytes");
    describe("agents", "scenario",
             of_case([](const Case& one) { return static_cast<std::int64_t>(one.result->overall.agents); }),
             "Agents that travelled", "1");
    describe("control_ratio", "scenario", of_case([](const Case& one) { return one.result->control_ratio; }),
             "Variance of the plain NPS over that of this one", "1");
    Wholes agents;
    Doubles shares;
    for (const Case& one : cases_) {
      SOJOURN_EXPECT(one.result->personas.size() == names_.personas.size(), "every persona has figures");
      for (const models::Summary& persona : one.result->personas) {
        agents.push_back(static_cast<std::int64_t>(persona.agents));
        shares.push_back(persona.share);
      }
    }
    if (agents.empty()) return;
    archive_.variables.push_back({"persona_agents", {"scenario", "persona"}, agents, "Agents that travelled", "1", {}});
    archive_.variables.push_back({"persona_share", {"scenario", "persona"}, shares, "Share of the persona", "1", {}});
  }

  /// What only a comparison has. The base has none of it: "" and NaN.
  void write_comparisons() {
    const auto texts = [&](auto get) {
      return each(cases_,
                  [&](const Case& one) { return one.comparison == nullptr ? std::string() : get(*one.comparison); });
    };
    const auto numbers = [&](auto get) {
      return each(cases_,
                  [&](const Case& one) { return one.comparison == nullptr ? models::kNone : get(*one.comparison); });
    };
    const std::string money = units_of(models::Unit::money);
    describe("scenario_because", "scenario", texts([](const Comparison& c) { return c.because; }), "Why it might help");
    describe("verdict", "scenario", texts([](const Comparison& c) { return std::string(name_of(c.verdict)); }),
             "What the what-if does, in a word");
    describe("verdict_sentence", "scenario", texts([](const Comparison& c) { return c.sentence; }),
             "What the what-if does, in a sentence");
    describe("variance_ratio", "scenario", numbers([](const Comparison& c) { return c.variance_ratio; }),
             "Variance of independent runs over the paired one, for NPS", "1");
    describe("difference_control_ratio", "scenario",
             numbers([](const Comparison& c) { return c.difference.control_ratio; }),
             "Variance of the plain NPS difference over that of this one", "1");
    describe("cost_once", "scenario", numbers([](const Comparison& c) { return c.cost_once; }), "Cost, once",
             money.c_str());
    describe("cost_per_journey", "scenario", numbers([](const Comparison& c) { return c.cost_per_journey; }),
             "Cost, per journey", money.c_str());
    each_comparison_table(names_, comparisons(), [&](const FigureTable& table) { add(table); });
    Strings places = ids(names_.touchpoints);
    places.emplace_back(kAtTheEnd);
    coordinate("first_change", places, "Touchpoint where a journey differs first");
    coordinate("base_class", Strings(kClasses.begin(), kClasses.end()), "Class in the base");
    coordinate("scenario_class", Strings(kClasses.begin(), kClasses.end()), "Class in the what-if");
  }

  // ---- what is not known about the inputs ----
  void write_uncertain(bool compares) {
    const models::Uncertainty& u = *uncertain_;
    archive_.attributes.push_back({"uncertain_draws", static_cast<std::int64_t>(u.draws)});
    archive_.attributes.push_back({"uncertain_left_out", static_cast<std::int64_t>(u.left_out)});
    archive_.attributes.push_back({"uncertain_agents", static_cast<std::int64_t>(u.agents)});
    Doubles nps = parts_of(u.base);
    Doubles difference(kInputStatistics.size(), models::kNone);
    for (const models::InputFigure& figure : u.differences) {
      nps.insert(nps.end(), kInputStatistics.size(), models::kNone);
      const Doubles parts = parts_of(figure);
      difference.insert(difference.end(), parts.begin(), parts.end());
    }
    const Strings by_case = {"scenario", "input_statistic"};
    coordinate("input_statistic", Strings(kInputStatistics.begin(), kInputStatistics.end()),
               "Over the draws of the inputs");
    archive_.variables.push_back({"uncertain_nps", by_case, nps, "NPS over the draws of the inputs", "1", {}});
    coordinate("uncertain_input", each(u.inputs, [](const auto& i) { return i.address; }), "Input that is not known");
    describe("uncertain_input_label", "uncertain_input", each(u.inputs, [](const auto& i) { return i.label; }),
             "Input, for people");
    describe("uncertain_input_of", "uncertain_input", each(u.inputs, [](const auto& i) { return joined_titles(i.of); }),
             "Files that are unsure of it");
    describe("uncertain_input_nps_share", "uncertain_input", each(u.inputs, [](const auto& i) { return i.base_share; }),
             "Share of the variance of the base's NPS", "1");
    if (!compares) return;
    archive_.attributes.push_back({"uncertain_evpi_se", u.evpi_se});
    archive_.variables.push_back(
        {"uncertain_difference_nps", by_case, difference, "NPS difference over the draws of the inputs", "1", {}});
    describe("uncertain_input_evppi", "uncertain_input", each(u.inputs, [](const auto& i) { return i.evppi; }),
             "Worth of knowing it exactly, NPS points", "1");
    Doubles shares(u.inputs.size(), models::kNone);
    for (std::size_t c = 0; c < u.differences.size(); ++c) {
      for (const models::UncertainInput& input : u.inputs) shares.push_back(input.difference_shares[c]);
    }
    archive_.variables.push_back({"uncertain_input_difference_share",
                                  {"scenario", "uncertain_input"},
                                  shares,
                                  "Share of the variance of the NPS difference",
                                  "1",
                                  {}});
  }

  static Doubles parts_of(const models::InputFigure& figure) {
    return {figure.estimate, figure.lo, figure.hi, figure.p_best, figure.evpi};
  }
  static std::string joined_titles(const Strings& titles) {
    std::string text;
    for (const std::string& title : titles) text += (text.empty() ? "" : "\n") + title;
    return text;
  }

  std::vector<Comparison*> comparisons() const {
    return each(cases_, [](const Case& one) { return one.comparison; });
  }

  /// CF's attribute `coordinates` tells xarray which variables are labels, and so columns of every table.
  void name_labels() {
    static const std::map<std::string_view, std::string_view> labels_of = {
        {"scenario", "scenario_title"},
        {"persona", "persona_label"},
        {"touchpoint", "touchpoint_label touchpoint_stage"},
        {"channel", "channel_touchpoint channel_label"},
        {"outcome", "outcome_label"},
        {"goal", "goal_label"},
        {"pain", "pain_label"},
        {"uncertain_input", "uncertain_input_label"},
        {"edge", "edge_from edge_to"},
        {"risk", "risk_touchpoint risk_pain"},
        {"channel_edge", "channel_edge_from channel_edge_to"},
        {"channel_risk", "channel_risk_channel channel_risk_pain"}};
    for (Variable& variable : archive_.variables) {
      if (std::holds_alternative<Strings>(variable.values)) continue;
      std::string labels;
      for (const std::string& dimension : variable.dimensions) {
        if (const auto found = labels_of.find(dimension); found != labels_of.end()) {
          labels += (labels.empty() ? "" : " ") + std::string(found->second);
        }
      }
      if (!labels.empty()) variable.attributes.push_back({"coordinates", labels});
    }
  }

  const models::Provenance& provenance_;
  const models::Names& names_;
  std::vector<Case> cases_;
  std::size_t statistics_;
  const models::Uncertainty* uncertain_ = nullptr;
  Archive archive_;
};

/// A line for each address, "address: sentence".
std::string lines_of(const models::NotExact& missing) {
  std::string lines;
  for (const auto& [address, why] : missing) lines += address + ": " + why + "\n";
  return lines;
}

}  // namespace

Archive archive_of(models::RunResult result) {
  const models::Provenance& provenance = result.provenance;
  std::string label;
  for (const FileStamp& scenario : provenance.scenarios) label += (label.empty() ? "" : " + ") + short_name(scenario);
  if (label.empty()) label = kBase;
  Writer writer(provenance, result.names, {{label, provenance.journey, &result.figures, nullptr}}, kRunStatistics);
  if (result.uncertain) writer.set(&*result.uncertain);
  Archive archive = writer.archive();
  if (provenance.method == "exact") archive.texts.push_back({"not_exact", lines_of(result.not_exact)});
  return archive;
}

Archive archive_of(models::CompareResult result) {
  std::vector<Case> cases = {{std::string(kBase), result.provenance.journey, &result.base, nullptr}};
  for (Comparison& comparison : result.scenarios) {
    cases.push_back({short_name(comparison.scenario), comparison.scenario, &comparison.result, &comparison});
  }
  const Strings names = distinct(each(cases, [](const Case& one) { return one.label; }));
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].label = names[i];
  Writer writer(result.provenance, result.names, std::move(cases), kStatistics.size());
  if (result.uncertain) writer.set(&*result.uncertain);
  return writer.archive();
}

}  // namespace sojourn::tools
