#include "tools/batch/results.h"

#include "engine/base/contract.h"
#include "engine/base/sha256.h"
#include "engine/random/luck.h"
#include "engine/store/hdf5.h"
#include "models/journey/defaults.h"
#include "models/journey/fields.h"
#include "models/journey/write.h"
#include "models/text/number.h"
#include "tools/archive/figure_tables.h"
#include "tools/archive/file_labels.h"
#include "tools/batch/journeys.h"
#include "tools/job/kind_of_file.h"
#include "tools/program/version.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::Doubles;
using engine::Strings;
using engine::Variable;
using engine::Wholes;

constexpr double kMillisecondsPerHour = 3'600'000;
constexpr std::size_t kLongestName = 200;
/// What is said of a study on a terminal and in its analysis.
constexpr std::array<std::string_view, 6> kAnalysed = {"nps",  "satisfaction", "success",
                                                       "cost", "net",          "difference_nps"};

Wholes count_to(std::uint64_t n) {
  Wholes list(n);
  for (std::uint64_t i = 0; i < n; ++i) list[i] = static_cast<std::int64_t>(i);
  return list;
}

template <class T, class Get>
Strings texts_of(const std::vector<T>& list, Get get) {
  Strings texts;
  for (const T& one : list) texts.push_back(get(one));
  return texts;
}

bool is_time(const models::Factor& factor) {
  return factor.type != nullptr && factor.type->kind == models::Kind::duration;
}

/// Of the bytes of all files that the result quotes: titles, labels and comments, which no figure hangs on, are in it, too.
std::string inputs_digest(const StudyWork& work) {
  const models::Study& study = work.study();
  std::string all = engine::sha256(study.source->text) + engine::sha256(study.journey.source->text);
  for (const models::ScenarioFile& scenario : study.scenarios) all += engine::sha256(scenario.source->text);
  return engine::sha256(all);
}

class Writer {
 public:
  explicit Writer(const StudyWork& work) : work_(work), study_(work.study()) {}

  StudyDocument document(const RowFacts& facts) {
    write_coordinates();
    write_points();
    write_scenarios();
    write_facts(facts);
    declare_tables();
    write_head();  // knows the names by now
    declare_journeys(facts);
    return std::move(document_);
  }

 private:
  void coordinate(const char* name, engine::Values values, const char* long_name) {
    if (engine::size(values) > 0) archive_.coordinates.push_back({name, {name}, std::move(values), long_name, "", {}});
  }
  void variable(std::string name, Strings dimensions, engine::Values values, std::string long_name,
                std::string units = "", std::vector<engine::Attribute> attributes = {}) {
    taken_.insert(name);
    archive_.variables.push_back({std::move(name), std::move(dimensions), std::move(values), std::move(long_name),
                                  std::move(units), std::move(attributes)});
  }

  void write_coordinates() {
    const models::Names& names = work_.names();
    const auto id = [](const auto& one) { return one.id; };
    coordinate("point", count_to(work_.points()), "Row of the design");
    coordinate("replication", count_to(work_.replications()), "Replication: the same people and luck at every point");
    coordinate("scenario", scenario_labels(), "The journey as it is, and what-ifs");
    coordinate("statistic", Strings{"estimate", "se", "lo", "hi"}, "Estimate, standard error, 95 % interval");
    Strings factors;
    for (std::size_t c = 0; c < work_.plan().columns(); ++c) factors.push_back(work_.plan().column_name(c));
    coordinate("factor", factors, "What varies");
    const auto uses = [&](const char* dimension) {
      return std::ranges::any_of(work_.layout().tables, [&](const LayoutTable& table) {
        return std::ranges::find(table.dimensions, dimension) != table.dimensions.end();
      });
    };
    if (uses("persona")) coordinate("persona", texts_of(names.personas, id), "Persona");
    if (uses("touchpoint")) coordinate("touchpoint", texts_of(names.touchpoints, id), "Touchpoint");
    if (uses("outcome")) coordinate("outcome", texts_of(names.outcomes, id), "Outcome");
    if (uses("goal")) coordinate("goal", texts_of(names.goals, id), "Goal");
    if (uses("pain")) coordinate("pain", texts_of(names.pains, id), "Pain");
    if (uses("answer")) coordinate("answer", count_to(11), "Answer to: would you recommend us?");
    for (const Variable& one : archive_.coordinates) taken_.insert(one.name);
    for (const LayoutTable& table : work_.layout().tables) taken_.insert(table.name);
    for (const char* name : {"agents", "failed", "failure", "factor_value", "factor_position", "factor_label",
                             "posterior_draw", "scenario_title", "scenario_sha256", "scenario_cost_per_journey"})
      taken_.insert(name);
  }

  /// "base", then the names of the files, joined; a number tells namesakes apart.
  Strings scenario_labels() const {
    Strings labels;
    for (const auto& set : work_.plan().sets()) {
      std::string label;
      for (const std::size_t i : set) {
        const models::ScenarioFile& file = study_.scenarios[i];
        label += (label.empty() ? "" : " + ") + detail::short_name({file.title, file.source->name, ""});
      }
      labels.push_back(set.empty() ? "base" : label);
    }
    return detail::distinct(labels);
  }

  void write_points() {
    const std::uint64_t points = work_.points();
    const std::size_t factors = study_.factors.size();
    std::vector<Doubles> values(factors, Doubles(points));
    Wholes draws;
    for (std::uint64_t p = 0; p < points; ++p) {
      const models::StudyPoint point = work_.point(p, 0);
      for (std::size_t f = 0; f < factors; ++f) {
        const models::Factor& factor = study_.factors[f];
        const double value = std::isnan(point.values[f]) ? factor.base : point.values[f];
        values[f][p] = is_time(factor) ? value / kMillisecondsPerHour : value;
      }
      if (point.posterior_draw) draws.push_back(static_cast<std::int64_t>(*point.posterior_draw));
    }
    const std::size_t columns = work_.plan().columns();
    if (columns > 0) {
      Doubles all, positions;
      for (std::uint64_t p = 0; p < points; ++p) {
        for (std::size_t c = 0; c < columns; ++c) {
          all.push_back(c < factors ? values[c][p] : static_cast<double>(draws[p]));
          positions.push_back(work_.plan().position(p, c));
        }
      }
      variable("factor_value", {"point", "factor"}, std::move(all),
               "Value; times in hours; the journey's own where it stays");
      variable("factor_position", {"point", "factor"}, std::move(positions),
               "Place in its range (0 to 1), or in its list", "1");
      Strings labels;
      for (std::size_t c = 0; c < columns; ++c)
        labels.push_back(c < factors && !study_.factors[c].label.empty() ? study_.factors[c].label
                                                                         : work_.plan().column_name(c));
      variable("factor_label", {"factor"}, std::move(labels), "What varies, for people");
    }
    for (std::size_t f = 0; f < factors; ++f) {
      const models::Factor& factor = study_.factors[f];
      const std::string name = own_name(factor.address);
      variable(name, {"point"}, std::move(values[f]), factor.label, is_time(factor) ? "h" : "1",
               {{"address", factor.address}});
      point_names_.push_back(name);
    }
    if (!draws.empty()) {
      variable("posterior_draw", {"point"}, std::move(draws), "Draw of the posterior's file");
      point_names_.emplace_back("posterior_draw");
    }
  }

  /// An address as a name: every other character than a letter or digit is '_', and namesakes get a number.
  std::string own_name(const std::string& address) {
    std::string name = address.substr(0, kLongestName);
    for (char& c : name) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain) c = '_';
    }
    if (!(name.front() >= 'a' && name.front() <= 'z') && !(name.front() >= 'A' && name.front() <= 'Z'))
      name = "x" + name;
    std::string own = name;
    for (int i = 2; taken_.contains(own); ++i) own = name + "_" + std::to_string(i);
    return own;
  }

  void write_scenarios() {
    Strings titles, digests;
    std::vector<double> costs;
    for (std::size_t set = 0; set < work_.scenarios(); ++set) {
      titles.push_back(set == 0 ? work_.journey_title() : work_.plan().set_title(set));
      costs.push_back(work_.plan().set_cost_per_journey(set));
      std::string digest;
      for (const std::size_t i : work_.plan().sets()[set])
        digest += (digest.empty() ? "" : " + ") + engine::sha256(study_.scenarios[i].source->text);
      digests.push_back(set == 0 ? engine::sha256(study_.journey.source->text) : digest);
    }
    variable("scenario_title", {"scenario"}, std::move(titles), "Title");
    variable("scenario_sha256", {"scenario"}, std::move(digests), "SHA-256 of its file's bytes");
    variable("scenario_cost_per_journey", {"scenario"}, std::move(costs), "What the what-if itself costs a journey",
             units_of(models::Unit::money));
  }

  std::string units_of(models::Unit unit) const {
    const std::string& money = work_.money();
    if (unit == models::Unit::hours) return "h";
    if (unit == models::Unit::money && !money.empty() && engine::is_plain_unit(money)) return money;
    return "1";
  }

  void write_facts(const RowFacts& facts) {
    const std::uint64_t rows = work_.rows();
    Wholes agents, failed(rows, 0);
    Strings failures(rows);
    for (const std::uint64_t count : facts.agents) agents.push_back(static_cast<std::int64_t>(count));
    for (const auto& [row, why] : facts.failures) {
      failed[row] = 1;
      failures[row] = why;
    }
    variable("agents", {"point", "replication"}, std::move(agents), "Agents that travelled", "1");
    variable("failed", {"point", "replication"}, std::move(failed), "Nothing came of it", "",
             {{"flag_values", Wholes{0, 1}}, {"flag_meanings", "no yes"}});
    if (!facts.failures.empty())
      variable("failure", {"point", "replication"}, std::move(failures), "Why nothing came of it");
  }

  void declare_tables() {
    constexpr std::array<const char*, 3> directions = {"more", "less", "neutral"};  // [Better]
    for (const LayoutTable& table : work_.layout().tables) {
      Strings dimensions = {"point", "replication", "scenario"};
      dimensions.insert(dimensions.end(), table.dimensions.begin(), table.dimensions.end());
      dimensions.emplace_back("statistic");
      document_.tables.push_back({table.name,
                                  dimensions,
                                  Doubles{},
                                  table.long_name,
                                  units_of(table.unit),
                                  {{"better", directions[static_cast<std::size_t>(table.better)]}}});
    }
  }

  void declare_journeys(const RowFacts& facts) {
    std::uint64_t journeys = 0;
    for (const std::uint64_t agents : facts.agents) journeys += agents * work_.scenarios();
    if (!study_.keep.agents || journeys == 0) return;
    document_.journeys.push_back(journeys_group(work_.names(), scenario_labels(), work_.money(), journeys));
  }

  void write_head() {
    const auto text = [&](const char* name, std::string_view value) {
      archive_.attributes.push_back({name, std::string(value)});
    };
    text("Conventions", "CF-1.10 sojourn-1.0");
    text("title", study_.title);
    text("source", program_name());
    text("filetype", kStudyFileType);
    archive_.attributes.push_back({"filetype_version", Wholes{1, 0}});
    text("study_digest", engine::digest_of(work_.manifest()));
    text("inputs_sha256", inputs_digest(work_));
    text("journey", work_.journey_title());
    text("design", study_.design.name);
    text("random_scheme", engine::kRandomScheme);
    archive_.attributes.push_back({"seed", std::uint64_t{study_.seed}});
    if (study_.precision) archive_.attributes.push_back({"precision", *study_.precision});
    text("money", work_.money());
    std::string controls, names;
    for (const std::string& one : work_.controls()) controls += (controls.empty() ? "" : " ") + one;
    text("controls", controls);
    for (const std::string& one : point_names_) names += (names.empty() ? "" : " ") + one;
    if (!names.empty()) text("coordinates", names);  // netCDF's word: xarray makes coordinates of them
    archive_.texts.push_back({"study", study_.source->text});
    archive_.texts.push_back({"journey", models::to_yaml(models::with_defaults(study_.journey.tree))});
    for (std::size_t i = 0; i < study_.scenarios.size(); ++i)
      archive_.texts.push_back({"scenario_" + std::to_string(i + 1), study_.scenarios[i].source->text});
    archive_.texts.push_back({"manifest", engine::manifest_text(work_.manifest())});
  }

  const StudyWork& work_;
  const models::Study& study_;
  StudyDocument document_;
  Archive& archive_ = document_.head;
  Strings point_names_;
  std::set<std::string> taken_;
};

}  // namespace

StudyDocument study_document(const StudyWork& work, const RowFacts& facts) { return Writer(work).document(facts); }

bool is_part(const Variable& variable, StudyParts parts) {
  static const Strings overall = {"point", "replication", "scenario", "statistic"};
  if (parts == StudyParts::all_figures) return true;
  if (variable.dimensions.empty() || variable.dimensions.back() != "statistic") return true;
  return parts == StudyParts::overall && variable.dimensions == overall &&
         std::ranges::find(kAnalysed, variable.name) != std::end(kAnalysed);
}

engine::Archive read_study(const std::string& path, StudyParts parts) {
  const auto wanted = [&](const Variable& one) { return is_part(one, parts); };
  return engine::read_hdf5(path, {.left_out_groups = {std::string(kJourneys)}, .wanted = wanted});
}

bool is_study_archive(const Archive& archive) {
  const engine::Attribute* type = engine::find_attribute(archive.attributes, "filetype");
  const auto* text = type == nullptr ? nullptr : std::get_if<std::string>(&type->value);
  return text != nullptr && *text == kStudyFileType;
}

std::optional<Archive> kept_study(const std::string& path) {
  if (!is_hdf5(path)) return std::nullopt;
  Archive archive = read_study(path, StudyParts::overall);
  if (!is_study_archive(archive)) return std::nullopt;
  return archive;
}

namespace {

std::string attribute_text(const Archive& archive, const char* name) {
  if (!is_study_archive(archive)) return "";
  const engine::Attribute* found = engine::find_attribute(archive.attributes, name);
  const auto* text = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
  return text == nullptr ? "" : *text;
}

}  // namespace

std::string study_digest(const Archive& archive) { return attribute_text(archive, "study_digest"); }

bool is_up_to_date(const Archive& archive, const StudyWork& work) {
  return study_digest(archive) == engine::digest_of(work.manifest()) &&
         attribute_text(archive, "inputs_sha256") == inputs_digest(work);
}

}  // namespace sojourn::tools
