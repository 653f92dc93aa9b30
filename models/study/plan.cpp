#include "models/study/plan.h"

#include "engine/base/contract.h"
#include "models/journey/values.h"
#include "models/score/posterior_check.h"
#include "models/study/listed.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

using DesignKind = DesignChoice::Kind;

/// More sets than this are not all tried beforehand.
constexpr std::size_t most_tried_sets = 64;

std::vector<std::vector<std::size_t>> sets_of(std::size_t scenarios, Combine combine) {
  std::vector<std::vector<std::size_t>> sets;
  if (combine == Combine::one_at_a_time) {
    sets.emplace_back();
    for (std::size_t i = 0; i < scenarios; ++i) sets.push_back({i});
    return sets;
  }
  for (std::uint64_t bits = 0; bits < std::uint64_t{1} << scenarios; ++bits) {
    std::vector<std::size_t>& set = sets.emplace_back();
    for (std::size_t i = 0; i < scenarios; ++i) {
      if (bits >> i & 1U) set.push_back(i);
    }
  }
  return sets;
}

/// How many values each column has where values are counted.
std::vector<std::size_t> level_counts(const Study& study, std::size_t posterior_levels) {
  std::vector<std::size_t> counts;
  const bool one_by_one = study.design.kind == DesignKind::one_at_a_time;
  for (const Factor& factor : study.factors) {
    counts.push_back(!factor.range ? factor.values.size() : one_by_one ? 2 : study.design.levels);
  }
  if (study.posterior) counts.push_back(posterior_levels);
  return counts;
}

[[noreturn]] void refuse(const Study& study, const Mark& mark, std::string what, std::string why,
                         std::string suggestion = {}) {
  Diagnostics problem;
  problem.error(mark.source ? mark : Mark{study.source, 0, 0, 1}, std::move(what), std::move(why),
                std::move(suggestion));
  throw InputError(std::move(problem));
}

/// Rows of the design, as far as they can be counted without making them.
double rows_of(const Study& study, std::size_t columns, std::size_t posterior_levels) {
  const auto k = static_cast<double>(columns);
  double rows = 1;
  switch (study.design.kind) {
    case DesignKind::grid:
      for (const std::size_t count : level_counts(study, posterior_levels)) rows *= static_cast<double>(count);
      return rows;
    case DesignKind::one_at_a_time:
      for (const std::size_t count : level_counts(study, posterior_levels)) rows += static_cast<double>(count);
      return rows;
    case DesignKind::list: return static_cast<double>(study.list.size());
    case DesignKind::saltelli: return static_cast<double>(study.design.points) * (k + 2);
    case DesignKind::morris: return static_cast<double>(study.design.trajectories) * (k + 1);
    default: return static_cast<double>(study.design.points);
  }
}

engine::Design design_of(const Study& study, std::size_t posterior_levels) {
  std::vector<std::string> names;
  for (const Factor& factor : study.factors) names.push_back(factor.address);
  if (study.posterior) names.emplace_back(kPosteriorColumn);
  const double rows = rows_of(study, names.size(), posterior_levels);
  if (rows * static_cast<double>(std::max<std::size_t>(names.size(), 1)) >
      static_cast<double>(engine::kMostDesignCells)) {
    refuse(study, study.design.mark, "the design has too many points", "more than 50 million values in all",
           "Take fewer points, levels or factors");
  }
  const DesignChoice& design = study.design;
  switch (design.kind) {
    case DesignKind::grid: return engine::grid(level_counts(study, posterior_levels));
    case DesignKind::one_at_a_time: return engine::one_at_a_time(level_counts(study, posterior_levels));
    case DesignKind::latin_hypercube: return engine::latin_hypercube(design.points, names, study.seed);
    case DesignKind::sobol: return engine::sobol(design.points, names, study.seed);
    case DesignKind::saltelli: return engine::saltelli(design.points, names, study.seed);
    case DesignKind::morris: return engine::morris(design.trajectories, design.levels, names, study.seed);
    case DesignKind::list: break;
  }
  engine::Design rows_only(study.list.size(), names.size());
  for (std::size_t row = 0; row < rows_only.rows(); ++row) {
    for (std::size_t c = 0; c < names.size(); ++c) rows_only.at(row, c) = static_cast<double>(row);
  }
  return rows_only;
}

/// Which of n equal parts of 0..1 a position lies in.
std::size_t part_of(double position, std::size_t n) {
  const auto part = static_cast<std::size_t>(position * static_cast<double>(n));
  return std::min(part, n - 1);
}

std::string value_of(const Factor& factor, double value) { return value_text(value, *factor.type); }

}  // namespace

Plan::Plan(Study study, std::optional<PosteriorDraws> posterior)
    : study_(std::move(study)),
      posterior_(std::move(posterior)),
      sets_(sets_of(study_.scenarios.size(), study_.combine)),
      quantiles_(std::make_shared<Quantiles>()) {
  SOJOURN_EXPECT(posterior_.has_value() == study_.posterior.has_value(), "the posterior that the study names");
  check_posterior();
  for (const Factor& factor : study_.factors) {
    ranges_.emplace_back();
    if (factor.range) ranges_.back().emplace(*factor.range, *quantiles_);
  }
  levels_ = design_of(study_, posterior_levels_);
  check_ends();
}

/// Also says how many draws are used.
void Plan::check_posterior() {
  if (!posterior_) return;
  const Mark& mark = study_.posterior->mark;
  posterior_warnings_ = models::check_posterior(*posterior_, study_.journey);
  posterior_levels_ = study_.posterior->draws.value_or(posterior_->draws());
  if (posterior_levels_ > posterior_->draws()) {
    refuse(study_, mark, "the posterior has " + std::to_string(posterior_->draws()) + " draws only",
           "each of them is one value of the factor", "Ask for fewer");
  }
  for (const Factor& factor : study_.factors) {
    if (std::ranges::find(posterior_->addresses, factor.address) == posterior_->addresses.end()) continue;
    refuse(study_, factor.mark, "the factor " + quoted(factor.address) + " is a number of the posterior, too",
           "it cannot have two values at once", "Remove one of the two");
  }
  for (const ListedPoint& point : study_.list) {
    if (point.posterior_draw < posterior_->draws()) continue;
    refuse(study_, point.mark, "there is no draw " + std::to_string(point.posterior_draw),
           "the posterior has " + std::to_string(posterior_->draws()) + ", counted from 0");
  }
}

/// The least and the greatest value of each factor, the others as written, with every set.
void Plan::check_ends() const {
  Diagnostics problems;
  const std::vector<double> as_written(study_.factors.size(), kAsWritten);
  for (std::size_t f = 0; f < study_.factors.size(); ++f) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (std::size_t row = 0; row < levels_.rows(); ++row) {
      const double one = value(row, f);
      if (std::isnan(one)) continue;
      low = std::min(low, one);
      high = std::max(high, one);
    }
    if (low > high) continue;
    for (const double end : {low, high}) {
      for (std::size_t set = 0; set < std::min(sets_.size(), most_tried_sets); ++set) {
        StudyPoint point;
        point.set = set;
        point.values = as_written;
        point.values[f] = end;
        const std::string why = why_not(point);
        if (why.empty()) continue;
        problems.error(study_.factors[f].mark,
                       "the factor " + quoted(study_.factors[f].address) + " at " + value_of(study_.factors[f], end) +
                           (set > 0 ? " with " + set_title(set) : "") + " gives no valid journey",
                       why, "Narrow what it can be");
        break;
      }
    }
  }
  problems.refuse_if_errors();
}

/// Why the point has no journey, the others' values as written; empty if it has one.
std::string Plan::why_not(const StudyPoint& point) const {
  try {
    build(point);
    return {};
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics().list()) {
      if (one.severity == Diagnostic::Severity::error) return one.what;
    }
    throw;
  }
}

Diagnostics Plan::warnings() const {
  Diagnostics all = study_.warnings;
  for (const Diagnostic& one : posterior_warnings_.list()) all.warning(one.mark, one.what, one.why, one.suggestion);
  return all;
}

std::string Plan::set_title(std::size_t set) const {
  std::string title;
  for (const std::size_t i : sets_[set]) title += (title.empty() ? "" : " + ") + study_.scenarios[i].title;
  return title.empty() ? "as it is" : title;
}

double Plan::set_cost_per_journey(std::size_t set) const {
  std::vector<const ScenarioFile*> counted;
  double cost = 0;
  const auto count = [&](const ScenarioFile& one) {
    const auto same = [&](const ScenarioFile* other) { return other->canonical == one.canonical; };
    if (std::ranges::any_of(counted, same)) return;
    counted.push_back(&one);
    cost += one.cost_per_journey;
  };
  for (const std::size_t i : sets_[set]) {
    for (const ScenarioFile& base : study_.scenarios[i].bases) count(base);
    count(study_.scenarios[i]);
  }
  return cost;
}

double Plan::position(std::size_t row, std::size_t column) const {
  const double level = levels_.at(row, column);
  const bool listed = column < study_.factors.size() && !study_.factors[column].range;
  if (study_.design.kind != DesignKind::morris || !listed) return level;
  // Of a list with fewer values than levels: where the value that is run stands, or a step would be taken for another than it is.
  const std::size_t n = study_.factors[column].values.size();
  return n > 1 ? static_cast<double>(part_of(level, n)) / static_cast<double>(n - 1) : level;
}

double Plan::value(std::size_t row, std::size_t f) const {
  const Factor& factor = study_.factors[f];
  const double level = levels_.at(row, f);
  const DesignChoice& design = study_.design;
  if (design.kind == DesignKind::list) return study_.list[row].values[f];
  if (level == engine::kAtBase) return kAsWritten;
  const bool counted = design.kind == DesignKind::grid || design.kind == DesignKind::one_at_a_time;
  if (!factor.range) {
    const std::size_t n = factor.values.size();
    return factor.values[counted ? static_cast<std::size_t>(level) : part_of(level, n)];
  }
  const Distribution& range = factor.range->distribution;
  const bool uniform = range.family == Distribution::Family::uniform;
  double position = level;
  if (design.kind == DesignKind::one_at_a_time) {
    position = level == 0 ? design.low.value_or(uniform ? 0 : 0.05) : design.high.value_or(uniform ? 1 : 0.95);
  } else if (design.kind == DesignKind::grid || design.kind == DesignKind::morris) {
    const auto n = static_cast<double>(design.levels);
    const double k = design.kind == DesignKind::grid ? level : std::round(level * (n - 1));
    // A uniform range has ends to stand on; of the others each level is the middle of an equal part.
    position = uniform && n > 1 ? k / (n - 1) : (k + 0.5) / n;
  }
  if (uniform) return range.a + (range.b - range.a) * position;
  const double word = std::min(position * 0x1p32, 0x1p32 - 1);
  return ranges_[f]->value(static_cast<std::uint32_t>(word));
}

StudyPoint Plan::point(std::uint64_t index) const {
  SOJOURN_EXPECT(index < count(), "a point of the study");
  StudyPoint point;
  point.index = index;
  point.row = static_cast<std::size_t>(index / sets_.size());
  point.set = static_cast<std::size_t>(index % sets_.size());
  for (std::size_t f = 0; f < study_.factors.size(); ++f) point.values.push_back(value(point.row, f));
  if (!posterior_) return point;
  if (study_.design.kind == DesignKind::list) {
    point.posterior_draw = study_.list[point.row].posterior_draw;
    return point;
  }
  const double level = levels_.at(point.row, levels_.columns() - 1);
  const std::size_t i =
      study_.design.kind == DesignKind::grid ? static_cast<std::size_t>(level) : part_of(level, posterior_levels_);
  point.posterior_draw = posterior_->draw_for(i, posterior_levels_);
  return point;
}

Case Plan::build(const StudyPoint& point) const {
  std::vector<Uncertain> numbers;
  std::vector<double> values;
  if (point.posterior_draw) {
    for (std::size_t i = 0; i < posterior_->addresses.size(); ++i) {
      numbers.emplace_back().address = posterior_->addresses[i];
      values.push_back(posterior_->values[i][*point.posterior_draw]);
    }
  }
  for (std::size_t f = 0; f < study_.factors.size(); ++f) {
    if (std::isnan(point.values[f])) continue;
    Uncertain& number = numbers.emplace_back();
    number.address = study_.factors[f].address;
    number.scenario = study_.factors[f].in_journey ? 0 : 1;
    values.push_back(point.values[f]);
  }
  std::vector<ScenarioFile> scenarios;
  for (const std::size_t i : sets_[point.set]) scenarios.push_back(study_.scenarios[i]);
  return build_case(study_.journey, scenarios, numbers, values);
}

Case Plan::case_of(const StudyPoint& point) const {
  try {
    return build(point);
  } catch (const InputError& error) {
    Diagnostics problems;
    for (const Diagnostic& one : error.diagnostics().list()) {
      if (one.severity != Diagnostic::Severity::error) continue;
      problems.error(one.mark, "at point " + std::to_string(point.row) + " (" + describe(point) + "): " + one.what,
                     one.why, one.suggestion);
    }
    throw InputError(std::move(problems));
  }
}

RunPlan Plan::run(std::uint32_t replication) const {
  SOJOURN_EXPECT(replication < study_.replications, "a replication of the study");
  RunPlan run;
  run.seed = study_.seed;
  run.replicate = replication;
  run.agents = study_.agents;
  run.precision = study_.precision;
  return run;
}

std::string Plan::column_name(std::size_t column) const {
  return column < study_.factors.size() ? study_.factors[column].address : kPosteriorColumn;
}

std::string Plan::describe(const StudyPoint& point) const {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (std::size_t f = 0; f < point.values.size(); ++f) {
    if (!std::isnan(point.values[f])) {
      add(study_.factors[f].address + " = " + value_of(study_.factors[f], point.values[f]));
    }
  }
  if (point.posterior_draw) add("posterior draw " + std::to_string(*point.posterior_draw));
  if (point.set > 0) add("with " + set_title(point.set));
  return text.empty() ? "as it is" : text;
}

}  // namespace sojourn::models
