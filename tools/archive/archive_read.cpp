#include "engine/store/format_error.h"
#include "models/score/uncertainty.h"
#include "tools/archive/archive.h"
#include "tools/archive/detail/archive_source.h"
#include "tools/archive/detail/archive_words.h"
#include "tools/archive/figure_tables.h"
#include "tools/json/json.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace sojourn::tools {
namespace {

using namespace detail;
using engine::Archive;
using engine::FormatError;
using models::Comparison;
using models::Figure;
using models::Figures;
using models::FileStamp;
using models::SiteFigures;

// ---- what the dimensions mean ----

template <class T>
std::vector<T> read_named(const ArchiveSource& source, const char* dimension, const char* labels) {
  const Strings ids = source.labels(dimension);
  const Strings texts = source.about(labels, dimension);
  std::vector<T> list(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) list[i].id = ids[i], list[i].label = texts[i];
  return list;
}

models::Names read_names(const ArchiveSource& source) {
  models::Names names;
  names.personas = read_named<models::PersonaName>(source, "persona", "persona_label");
  names.touchpoints = read_named<models::TouchpointName>(source, "touchpoint", "touchpoint_label");
  names.outcomes = read_named<models::OutcomeName>(source, "outcome", "outcome_label");
  names.goals = read_named<models::Named>(source, "goal", "goal_label");
  names.pains = read_named<models::Named>(source, "pain", "pain_label");

  const Strings quotes = source.about("persona_quote", "persona");
  for (std::size_t p = 0; p < quotes.size(); ++p) names.personas[p].quote = quotes[p];
  const Wholes successes = source.about<Wholes>("outcome_success", "outcome");
  for (std::size_t o = 0; o < successes.size(); ++o) names.outcomes[o].success = successes[o] != 0;
  const Strings stages = source.about("touchpoint_stage", "touchpoint");
  const Doubles importances = source.about<Doubles>("touchpoint_importance", "touchpoint");
  const Wholes moments = source.about<Wholes>("touchpoint_moment_of_truth", "touchpoint");
  for (std::size_t t = 0; t < stages.size(); ++t) {
    names.touchpoints[t].stage = stages[t];
    names.touchpoints[t].importance = importances[t];
    names.touchpoints[t].moment_of_truth = moments[t] != 0;
  }
  const Strings touchpoints = source.labels("touchpoint");
  const Strings of = source.about("channel_touchpoint", "channel");
  const Strings ids = source.about("channel_id", "channel");
  const Strings labels = source.about("channel_label", "channel");
  for (std::size_t c = 0; c < of.size(); ++c) {
    auto& touchpoint = names.touchpoints[source.position(touchpoints, of[c], "channel_touchpoint")];
    touchpoint.channels.push_back({ids[c], labels[c]});
  }
  return names;
}

struct Column {
  const char* name;
  Strings of;  // what its entries name
};

std::vector<Pair> read_pairs(const ArchiveSource& source, const char* dimension, const Column& first,
                             const Column& second) {
  const Strings from = source.about(first.name, dimension);
  const Strings to = source.about(second.name, dimension);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < from.size(); ++i) {
    pairs.push_back({source.position(first.of, from[i], first.name), source.position(second.of, to[i], second.name)});
  }
  return pairs;
}

Axes read_axes(const ArchiveSource& source, const models::Names& names) {
  Axes axes = axes_of(names, {});
  const Strings touchpoints = source.labels("touchpoint");
  const Strings channels = source.labels("channel");
  const Strings pains = source.labels("pain");
  Strings targets = touchpoints;
  for (const models::OutcomeName& outcome : names.outcomes) targets.push_back(outcome.id);
  axes.edges = read_pairs(source, "edge", {"edge_from", touchpoints}, {"edge_to", targets});
  axes.risks = read_pairs(source, "risk", {"risk_touchpoint", touchpoints}, {"risk_pain", pains});
  axes.channel_edges =
      read_pairs(source, "channel_edge", {"channel_edge_from", channels}, {"channel_edge_to", targets});
  axes.channel_risks =
      read_pairs(source, "channel_risk", {"channel_risk_channel", channels}, {"channel_risk_pain", pains});
  return axes;
}

// ---- figures ----

void prepare(models::Summary& summary, const models::Names& names) {
  summary.outcomes.resize(names.outcomes.size());
  summary.goals.resize(names.goals.size());
  summary.pains.resize(names.pains.size());
}

std::vector<SiteFigures> empty_sites(const models::Names& names, const Axes& axes) {
  std::vector<SiteFigures> sites(names.touchpoints.size());
  for (const Pair& edge : axes.edges) sites[edge.first].flow.push_back({edge.second, {}});
  for (const Pair& risk : axes.risks) sites[risk.first].pains.push_back({risk.second, {}});
  std::vector<SiteFigures> channels(axes.channels.size());
  for (const Pair& edge : axes.channel_edges) channels[edge.first].flow.push_back({edge.second, {}});
  for (const Pair& risk : axes.channel_risks) channels[risk.first].pains.push_back({risk.second, {}});
  for (std::size_t c = 0; c < channels.size(); ++c) {
    sites[axes.channels[c].first].channels.push_back({axes.channels[c].second, std::move(channels[c])});
  }
  return sites;
}

Figures empty_figures(const models::Names& names, const Axes& axes) {
  Figures figures;
  prepare(figures.overall, names);
  figures.personas.resize(names.personas.size());
  for (models::Summary& persona : figures.personas) prepare(persona, names);
  figures.touchpoints = empty_sites(names, axes);
  figures.by_persona.assign(names.personas.size(), figures.touchpoints);
  return figures;
}

bool is_nothing(const Figure& figure) {
  return std::all_of(kStatistics.begin(), kStatistics.end(),
                     [&](const Statistic& s) { return std::isnan(figure.*s.part); });
}

/// Takes out what stands in the table only because another case has it.
void prune(SiteFigures& site) {
  const auto nothing = [](const auto& entry) { return is_nothing(entry.second); };
  std::erase_if(site.pains, nothing);
  std::erase_if(site.flow, nothing);
  for (auto& [channel, figures] : site.channels) prune(figures);
  std::erase_if(site.channels, [](const auto& entry) {
    const SiteFigures& channel = entry.figures;
    return channel.pains.empty() && channel.flow.empty() &&
           std::all_of(channel.metrics.begin(), channel.metrics.end(), is_nothing);
  });
}

void prune(Figures& figures) {
  for (SiteFigures& site : figures.touchpoints) prune(site);
  for (std::vector<SiteFigures>& sites : figures.by_persona) {
    for (SiteFigures& site : sites) prune(site);
  }
}

void read_figures(const ArchiveSource& source, const models::Names& names, const Axes& axes,
                  const std::vector<Figures*>& results, const std::vector<Figures*>& differences) {
  for (const std::vector<Figures*>* list : {&results, &differences}) {
    for (Figures* figures : *list) {
      if (figures != nullptr) *figures = empty_figures(names, axes);
    }
  }
  const auto take = [&](const FigureTable& table) { source.take(table); };
  each_table(names, axes, results, Content::result, take);
  each_table(names, axes, differences, Content::difference, take);

  const Wholes& agents = source.values<Wholes>("agents", {"scenario"});
  const Doubles& ratios = source.values<Doubles>("control_ratio", {"scenario"});
  const std::size_t personas = names.personas.size();
  const bool any = personas > 0;
  const Wholes persona_agents = any ? source.values<Wholes>("persona_agents", {"scenario", "persona"}) : Wholes();
  const Doubles shares = any ? source.values<Doubles>("persona_share", {"scenario", "persona"}) : Doubles();
  const auto fill = [&](Figures& figures, std::size_t row, std::size_t agents_row) {
    figures.overall.agents = source.natural(agents[agents_row]);
    for (std::size_t p = 0; p < personas; ++p) {
      figures.personas[p].agents = source.natural(persona_agents[agents_row * personas + p]);
      figures.personas[p].share = shares[row * personas + p];
    }
    prune(figures);
  };
  for (std::size_t i = 0; i < results.size(); ++i) {
    fill(*results[i], i, i);
    results[i]->control_ratio = ratios[i];
    if (i < differences.size() && differences[i] != nullptr)
      fill(*differences[i], 0, 0);  // agents and shares of the base
  }
}

models::Provenance read_provenance(const ArchiveSource& source) {
  models::Provenance provenance;
  provenance.program = source.attribute<std::string>("source");
  provenance.random_scheme = source.attribute<std::string>("random_scheme");
  provenance.method = source.attribute<std::string>("method");
  provenance.money = source.attribute<std::string>("money");
  provenance.seed = source.attribute<std::uint64_t>("seed");
  provenance.replicate = static_cast<std::uint32_t>(source.natural(source.attribute<std::int64_t>("replicate")));
  provenance.agents = source.natural(source.attribute<std::int64_t>("agents"));
  const std::string& controls = source.attribute<std::string>("controls");
  for (std::size_t at = 0; at < controls.size();) {
    const std::size_t end = std::min(controls.find(' ', at), controls.size());
    provenance.controls.push_back(controls.substr(at, end - at));
    at = end + 1;
  }
  if (source.has_attribute("precision")) provenance.precision = source.attribute<double>("precision");
  const Strings titles = source.about("input_title", "input");
  const Strings files = source.about("input_file", "input");
  const Strings digests = source.about("input_sha256", "input");
  if (titles.empty()) source.refuse("the dimension 'input' is missing");
  for (std::size_t i = 0; i < titles.size(); ++i) {
    FileStamp stamp{titles[i], files[i], digests[i]};
    if (i == 0) {
      provenance.journey = stamp;
    } else {
      provenance.scenarios.push_back(stamp);
    }
  }
  if (const std::string* text = source.text("resolved_journey")) provenance.resolved_journey = *text;
  for (int i = 1;; ++i) {
    const std::string* text = source.text("resolved_scenario_" + std::to_string(i));
    if (text == nullptr) break;
    provenance.resolved_scenarios.push_back(*text);
  }
  return provenance;
}

std::optional<models::Uncertainty> read_uncertain(const ArchiveSource& source, std::size_t scenarios, bool compares) {
  if (!source.has_attribute("uncertain_draws")) return std::nullopt;
  models::Uncertainty u;
  u.draws = source.natural(source.attribute<std::int64_t>("uncertain_draws"));
  u.left_out = source.natural(source.attribute<std::int64_t>("uncertain_left_out"));
  u.agents = source.natural(source.attribute<std::int64_t>("uncertain_agents"));
  const Strings statistics = source.labels("input_statistic");
  const auto figure = [&](const Doubles& table, std::size_t row) {
    const auto part = [&](std::size_t s) {
      return table[row * statistics.size() +
                   source.position(statistics, std::string(kInputStatistics[s]), "input_statistic")];
    };
    return models::InputFigure{part(0), part(1), part(2), part(3), part(4)};
  };
  const Strings by_case = {"scenario", "input_statistic"};
  u.base = figure(source.values<Doubles>("uncertain_nps", by_case), 0);
  const Strings addresses = source.labels("uncertain_input");
  const Strings labels = source.about("uncertain_input_label", "uncertain_input");
  const Strings of = source.about("uncertain_input_of", "uncertain_input");
  const Doubles shares = source.about<Doubles>("uncertain_input_nps_share", "uncertain_input");
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    models::UncertainInput input;
    input.address = addresses[i];
    input.label = labels[i];
    for (std::size_t at = 0; at <= of[i].size();) {
      const std::size_t end = std::min(of[i].find('\n', at), of[i].size());
      input.of.push_back(of[i].substr(at, end - at));
      at = end + 1;
    }
    input.base_share = shares[i];
    u.inputs.push_back(std::move(input));
  }
  if (!compares) return u;
  u.evpi_se = source.attribute<double>("uncertain_evpi_se");
  const Doubles& differences = source.values<Doubles>("uncertain_difference_nps", by_case);
  const Doubles evppi = source.about<Doubles>("uncertain_input_evppi", "uncertain_input");
  const Doubles& by_input = source.values<Doubles>("uncertain_input_difference_share", {"scenario", "uncertain_input"});
  for (std::size_t c = 1; c <= scenarios; ++c) u.differences.push_back(figure(differences, c));
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    u.inputs[i].evppi = evppi[i];
    for (std::size_t c = 1; c <= scenarios; ++c) {
      u.inputs[i].difference_shares.push_back(by_input[c * addresses.size() + i]);
    }
  }
  u.groups = models::groups_of(u.inputs);
  return u;
}

models::Verdict verdict_of(const ArchiveSource& source, const std::string& name) {
  for (int v = 0; v <= static_cast<int>(models::Verdict::personas_disagree); ++v) {
    if (name == name_of(static_cast<models::Verdict>(v))) return static_cast<models::Verdict>(v);
  }
  source.refuse("the verdict '" + name + "' is not known");
}

void read_comparisons(const ArchiveSource& source, const models::Names& names, std::vector<Comparison>& comparisons) {
  std::vector<Comparison*> cases = {nullptr};
  for (Comparison& comparison : comparisons) {
    comparison.by_first_change.resize(names.touchpoints.size() + 1);
    cases.push_back(&comparison);
  }
  each_comparison_table(names, cases, [&](const FigureTable& table) { source.take(table); });
  const auto texts = [&](const char* name) -> const Strings& { return source.values<Strings>(name, {"scenario"}); };
  const auto numbers = [&](const char* name) -> const Doubles& { return source.values<Doubles>(name, {"scenario"}); };
  const Strings& verdicts = texts("verdict");
  for (std::size_t i = 1; i < cases.size(); ++i) {
    Comparison& comparison = *cases[i];
    comparison.scenario = {texts("scenario_title")[i], texts("scenario_file")[i], texts("scenario_sha256")[i]};
    comparison.because = texts("scenario_because")[i];
    comparison.sentence = texts("verdict_sentence")[i];
    comparison.variance_ratio = numbers("variance_ratio")[i];
    comparison.difference.control_ratio = numbers("difference_control_ratio")[i];
    comparison.cost_once = numbers("cost_once")[i];
    comparison.cost_per_journey = numbers("cost_per_journey")[i];
    comparison.verdict = verdict_of(source, verdicts[i]);
  }
}

void expect_kind(const Archive& archive, const std::string& file, ResultKind kind) {
  if (kind_of(archive, file) == kind) return;
  throw FormatError(
      file, kind == ResultKind::run ? "this is the result of a comparison" : "this is the result of a single run",
      kind == ResultKind::run ? "the result of a single run was expected" : "a comparison was expected");
}

}  // namespace

ResultKind kind_of(const Archive& archive, const std::string& file) {
  const auto text_of = [&](const char* name) -> std::string {
    const engine::Attribute* found = engine::find_attribute(archive.attributes, name);
    const std::string* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
    return text == nullptr ? "" : *text;
  };
  if (text_of("format").starts_with("sojourn.posterior/")) {
    throw FormatError(file, "this is a posterior, not a result", "'calibrate' wrote it",
                      "Make a result with it: compare JOURNEY SCENARIO --posterior " + file);
  }
  if (text_of("filetype") != kFileType) {
    throw FormatError(file, "this is not a result of sojourn", "it does not say that it is", "Is it the right file?");
  }
  const Wholes& version = ArchiveSource(archive, file).attribute<Wholes>("filetype_version");
  if (version.front() != kMajor) {
    throw FormatError(file, "the file is of version " + std::to_string(version.front()),
                      "this program reads version " + std::to_string(kMajor),
                      "Use the program that wrote it: " + text_of("source"));
  }
  const std::string kind = text_of("result");
  if (kind == "run") return ResultKind::run;
  if (kind == "compare") return ResultKind::compare;
  throw FormatError(file, "the file holds a result of another kind", "'" + kind + "' is not known here",
                    "Use the program that wrote it: " + text_of("source"));
}

namespace {

models::NotExact read_not_exact(const ArchiveSource& source) {
  models::NotExact missing;
  const std::string* text = source.text("not_exact");
  std::istringstream lines(text == nullptr ? std::string() : *text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) source.refuse("the text 'not_exact' has a line without an address");
    missing.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return missing;
}

}  // namespace

models::RunResult read_run(const Archive& archive, const std::string& file) {
  expect_kind(archive, file, ResultKind::run);
  const ArchiveSource source(archive, file);
  models::RunResult result;
  result.provenance = read_provenance(source);
  result.names = read_names(source);
  if (source.labels("scenario").size() != 1) source.refuse("a run has one case");
  read_figures(source, result.names, read_axes(source, result.names), {&result.figures}, {});
  result.uncertain = read_uncertain(source, 0, false);
  result.not_exact = read_not_exact(source);
  return result;
}

models::CompareResult read_compare(const Archive& archive, const std::string& file) {
  expect_kind(archive, file, ResultKind::compare);
  const ArchiveSource source(archive, file);
  models::CompareResult result;
  result.provenance = read_provenance(source);
  result.names = read_names(source);
  const std::size_t cases = source.labels("scenario").size();
  if (cases == 0) source.refuse("the dimension 'scenario' is missing");
  result.scenarios.resize(cases - 1);
  std::vector<Figures*> results = {&result.base};
  std::vector<Figures*> differences = {nullptr};
  for (Comparison& comparison : result.scenarios) {
    results.push_back(&comparison.result);
    differences.push_back(&comparison.difference);
  }
  read_figures(source, result.names, read_axes(source, result.names), results, differences);
  read_comparisons(source, result.names, result.scenarios);
  result.uncertain = read_uncertain(source, result.scenarios.size(), true);
  return result;
}

}  // namespace sojourn::tools
