#include "models/calibrate/suggestion.h"

#include "models/change/shadow.h"
#include "models/journey/address.h"
#include "models/replay/model.h"
#include "models/text/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace sojourn::models {
namespace {

class Suggester {
 public:
  Suggester(const JourneyFile& journey, const Answers& answers)
      : journey_(journey), typed_(typed_journey(journey.tree)) {
    for (const AnswerCell& cell : answers.cells) {
      if (cell.touchpoint != kNotSaid) asked_.insert(typed_.touchpoints[cell.touchpoint].id);
    }
    for (const std::uint32_t touchpoint : answers.rated) rated_.insert(typed_.touchpoints[touchpoint].id);
  }

  std::string text() {
    for (const Number& number : every_number(journey_.tree, Unwritten::include)) {
      if (number.address.find("overrides") == std::string::npos) consider(number);
    }
    // Those of one kind together, but thresholds in their order: ParameterSpace keeps neighbours rising.
    std::vector<std::string> kinds;
    for (const Line& line : lines_) {
      if (std::ranges::find(kinds, line.why) == kinds.end()) kinds.push_back(line.why);
    }
    std::ranges::stable_sort(lines_, {},
                             [&](const Line& line) { return std::ranges::find(kinds, line.why) - kinds.begin(); });
    if (lines_.empty()) {
      Diagnostics problem;
      problem.error(
          Mark{journey_.source}, "the journey writes no number that these answers could say something about",
          "experiences are asked after at touchpoints; the rest is loss aversion, biases, spread and thresholds",
          "Write some of them, or name what may move under `calibrate:`");
      throw InputError(std::move(problem));
    }
    std::string text = "calibrate:\n  parameters:\n";
    std::string group;
    for (const Line& line : lines_) {
      if (line.why != group) text += fmt::format("    # {}\n", line.why);
      group = line.why;
      text += "    " + line.text + "\n";
    }
    return text;
  }

 private:
  struct Line {
    std::string why, text;
  };

  static double rounded(double x) { return std::round(x * 1e4) / 1e4; }

  void add(const Number& number, const std::string& why, double sd, const std::string& bounds = "") {
    if (shadowed(journey_.tree, number.address) || !can_be(number) || !has_place(number)) return;
    lines_.push_back({why, fmt::format("{}: {{prior: {{normal: {{mean: {}, sd: {}}}}}{}}}", number.address,
                                       shortest(number.value + 0.0), shortest(rounded(sd)), bounds)});
  }

  /// A calibrated value can be written: the field is there, or the map that it belongs to.
  bool has_place(const Number& number) const {
    if (number.written) return true;
    const std::string parent = number.address.substr(0, number.address.rfind('.'));
    const Tree* map = find(journey_.tree, parent).tree;
    return map && map->is_map() && !map->entries.empty();
  }

  bool can_be(const Number& number) const {
    CalibrationParameter one;
    one.prior.address = number.address;
    one.prior.distribution = {Distribution::Family::normal, number.value, 1, 0, {}};
    one.prior.range = number.type->range;
    one.value = number.value;
    try {
      CalibrationModel(journey_, {one});
    } catch (const InputError&) {
      return false;
    }
    return true;
  }

  bool is_asked(const std::string& address) const {
    const std::vector<std::string_view> parts = parts_of(address);
    return asked_.contains(std::string(parts[1]));
  }

  /// What ratings tell beside the scores: how touchpoints weigh, and what is made of them.
  void consider_ratings(const Number& number) {
    const std::string& address = number.address;
    if (address.ends_with(".importance") && address.starts_with("touchpoints.")) {
      if (rated_.contains(std::string(parts_of(address)[1])))
        add(number, "how much the rated touchpoints weigh", 0.7, ", low: 0");
    } else if (address == "satisfaction.memory.peak" || address == "satisfaction.memory.end") {
      add(number, "what is remembered, beside the mean", 0.25, ", low: 0");
    } else if (address == "satisfaction.disconfirmation_weight") {
      add(number, "how much it counts what was expected", 0.3, ", low: 0");
    } else if (address.starts_with("personas.") && address.ends_with(".expectation.normal.mean") && number.written) {
      add(number, "what is expected", 0.7);
    }
  }

  void consider(const Number& number) {
    const std::string& address = number.address;
    const auto ends = [&](std::string_view end) { return address.ends_with(end); };
    if (!rated_.empty()) consider_ratings(number);
    if (!number.written) return;
    const bool is_experience = address.starts_with("touchpoints.") && address.find(".experience") != std::string::npos;
    if (is_experience && is_asked(address)) {
      if (ends(".normal.mean") || ends(".experience"))
        add(number, "how good the touchpoints are", 1, ", low: 0, high: 10");
      if (ends(".beta.mean")) beta(number);
      if (ends(".uniform.low") || ends(".uniform.high")) add(number, "how good the touchpoints are", 1);
    } else if (ends(".loss_aversion")) {
      add(number, "how much more a disappointment weighs than a pleasant surprise", 0.5, ", low: 1");
    } else if (ends("recommendation.bias") &&
               !(typed_.personas.size() > 1 && address.starts_with("personas." + typed_.personas.front().id + "."))) {
      add(number, "how much readier to recommend some are, all else being equal", 0.5);
    } else if (ends("recommendation.spread")) {
      add(number, "how far the same experience spreads over the answers", 0.3, ", low: 0.1");
    } else if (address.find("recommendation.thresholds.") != std::string::npos) {
      add(number, "how much satisfaction each answer takes", 0.5);
    }
  }

  /// A beta has room for its width between two means.
  void beta(const Number& number) {
    const std::string width = number.address.substr(0, number.address.size() - 4) + "sd";
    const double sd = value_at(journey_.tree, width);
    const double reach = 5 * std::sqrt(std::max(1 - sd * sd / 25, 0.0)) * 0.99;
    add(number, "how good the touchpoints are", 1,
        fmt::format(", low: {}, high: {}", shortest(rounded(5 - reach)), shortest(rounded(5 + reach))));
  }

  const JourneyFile& journey_;
  Journey typed_;
  std::set<std::string> asked_, rated_;
  std::vector<Line> lines_;
};

}  // namespace

std::string suggest_parameters(const JourneyFile& journey, const Answers& answers) {
  return Suggester(journey, answers).text();
}

}  // namespace sojourn::models
