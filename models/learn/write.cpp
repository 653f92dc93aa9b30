#include "models/learn/write.h"

#include "models/journey/write.h"
#include "models/learn/four_digits.h"
#include "models/learn/names.h"
#include "models/text/number.h"
#include "models/text/utf8.h"

#include <fmt/format.h>

#include <map>

namespace sojourn::models {
namespace {

std::string number(double x) { return shortest(four_digits(x)); }

/// In a unit that people would take.
std::string time(double ms) {
  struct Unit {
    double ms, up_to;
    const char* name;
  };
  static constexpr Unit units[] = {{1e3, 120e3, "s"}, {60e3, 7200e3, "min"}, {3600e3, 172800e3, "h"}};
  if (ms < 0.5) return "0";
  for (const Unit& unit : units) {
    if (ms < unit.up_to) return number(ms / unit.ms) + " " + unit.name;
  }
  return number(ms / 86400e3) + " d";
}

std::string duration(const Distribution& d) {
  switch (d.family) {
    case Distribution::Family::constant: return time(d.a);
    case Distribution::Family::normal: return fmt::format("{{normal: {{mean: {}, sd: {}}}}}", time(d.a), time(d.b));
    case Distribution::Family::lognormal:
      return fmt::format("{{lognormal: {{median: {}, sigma: {}}}}}", time(d.a), number(d.b));
    case Distribution::Family::exponential: return fmt::format("{{exponential: {{mean: {}}}}}", time(d.a));
    case Distribution::Family::gamma: return fmt::format("{{gamma: {{mean: {}, sd: {}}}}}", time(d.a), time(d.b));
    case Distribution::Family::uniform: return fmt::format("{{uniform: {{low: {}, high: {}}}}}", time(d.a), time(d.b));
    case Distribution::Family::triangular:
      return fmt::format("{{triangular: {{low: {}, mode: {}, high: {}}}}}", time(d.a), time(d.b), time(d.c));
    default: break;
  }
  std::vector<std::pair<std::string, double>> points;
  for (const auto& [ms, weight] : d.points) {
    const std::string value = time(ms);
    if (points.empty() || points.back().first != value) {
      points.emplace_back(value, weight);
    } else {
      points.back().second += weight;
    }
  }
  std::string text;
  for (const auto& [value, weight] : points) text += (text.empty() ? "" : ", ") + value + ": " + number(weight);
  return "{discrete: {" + text + "}}";
}

std::string quoted_text(const std::string& text) {
  Tree tree;
  tree.scalar = text;
  tree.quoted = true;
  return to_yaml_line(tree);
}

/// Of a comment: nothing in it ends the line.
std::string comment(const std::string& text) { return printable(text); }

class Writer {
 public:
  explicit Writer(const LearnedJourney& journey) : journey_(journey) {}

  std::string run(const std::string& title, const std::string& source_name) {
    head(title, source_name);
    personas();
    if (journey_.late_after_ms) {
      text_ += fmt::format("pains:\n  {}: {{label: \"More than {} under way\", severity: 0, lasting: true}}\n",
                           kUnderWay, limit());
    }
    text_ += "touchpoints:\n";
    for (const LearnedTouchpoint& one : journey_.touchpoints) touchpoint(one);
    if (!journey_.elsewhere.empty()) elsewhere();
    text_ += "start: " + ways(journey_.personas.front().start, From::start) + "\n";
    outcomes();
    return std::move(text_);
  }

 private:
  void line(const std::string& words) { text_ += "# " + words + "\n"; }

  void head(const std::string& title, const std::string& source_name) {
    line(fmt::format("Learned from {} cases with {} events of {}.", journey_.cases, journey_.events,
                     comment(source_name)));
    line(
        fmt::format("Ways on: {} step{} of memory where that tells more; smoothed by {} case{} towards a shorter "
                    "memory (Dirichlet).",
                    journey_.order, journey_.order == 1 ? "" : "s", number(journey_.concentration),
                    journey_.concentration == 1 ? "" : "s"));
    std::string others;
    for (const auto& [order, nats] : journey_.baselines) {
      others += fmt::format("{}{:.4f} with {}", others.empty() ? "" : ", ", nats, order);
    }
    line(fmt::format("Held out (five folds), the next event costs {:.4f} nats; plain memories of so many steps: {}.",
                     journey_.nats_per_event, others));
    line("A touchpoint lasts until the next event begins: waiting is in it.");
    if (journey_.overlapping > 0) {
      line(fmt::format(
          "{} events begin before the one before them has ended: a touchpoint then lasts until that begin, and events",
          journey_.overlapping));
      line("that run side by side follow each other in the order in which they begin.");
    }
    if (journey_.rare_activities > 0) {
      line(fmt::format("{} activities that few cases meet are one touchpoint, 'Something rare' (--min-share).",
                       journey_.rare_activities));
    }
    if (!journey_.elsewhere.empty()) {
      line(fmt::format("'{}' takes no time: through it go the ways that were never seen{}.", kElsewhere,
                       journey_.folded_ways > 0
                           ? fmt::format(", and {} that few cases took (--min-share)", journey_.folded_ways)
                           : std::string()));
    }
    if (journey_.late_after_ms) {
      line(fmt::format(
          "Who has been under way for more than {} goes on through touchpoints with other durations ('..., later'):",
          limit()));
      line("else who has waited once would wait again as often as all others.");
    }
    line(
        "A log says nothing of experience: 7.5 of 10, as expected, everywhere (NPS 0). Put in what you know, or "
        "calibrate.");
    if (!journey_.success_is_said) {
      line(journey_.exits.size() == 1 ? "Every end counts as a success."
                                      : "Which outcomes are a success is not said: mark them.");
    }
    text_ += "format: sojourn/1\njourney: " + quoted_text(title) + "\n";
  }

  void personas() {
    text_ += "personas:\n";
    for (const LearnedPersona& persona : journey_.personas) {
      text_ += fmt::format("  {}:\n    name: {}\n    share: {}\n    expectation: 7.5\n", persona.id,
                           quoted_text(persona.label), number(persona.share));
      const bool same_start = is_same(persona.start, journey_.personas.front().start);
      if (same_start && persona.next.empty()) continue;
      text_ += "    overrides:                 # where these cases go on otherwise than all together\n";
      if (!same_start) text_ += "      - set: start\n        to: " + ways(persona.start, From::start) + "\n";
      for (const auto& [touchpoint, edges] : persona.next) {
        const LearnedTouchpoint& early = journey_.touchpoints[touchpoint];
        override_next(early, edges);
        if (early.later != touchpoint) override_next(journey_.touchpoints[early.later], edges);
      }
    }
  }

  void override_next(const LearnedTouchpoint& at, const std::vector<LearnedEdge>& edges) {
    text_ += fmt::format("      - set: touchpoints.{}.next\n        to: {}\n", at.id, ways(edges, from(at)));
  }

  static bool is_same(const std::vector<LearnedEdge>& a, const std::vector<LearnedEdge>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const LearnedEdge& x, const LearnedEdge& y) {
      return x.to == y.to && x.probability == y.probability;
    });
  }

  void touchpoint(const LearnedTouchpoint& one) {
    text_ += fmt::format("  {}:", one.id);
    if (one.visits > 0) text_ += fmt::format("   # {} visits", number(one.visits));
    text_ += fmt::format("\n    label: {}\n    experience: 7.5\n    duration: {}\n", quoted_text(one.label),
                         duration(one.duration_ms));
    if (journey_.late_after_ms && !one.late) {
      text_ += fmt::format("    pains: {{{}: {{after: {}}}}}\n", kUnderWay, limit());
    }
    text_ += "    next: " + ways(one.next, from(one)) + "\n";
  }

  void elsewhere() {
    text_ += fmt::format(
        "  {}:\n    label: Something unusual comes next\n    importance: 0\n    experience: 7.5\n    next: {}\n",
        kElsewhere, ways(journey_.elsewhere, From::any));
  }

  const std::string& id(std::uint32_t node) const {
    static const std::string unusual = kElsewhere;
    if (node < journey_.touchpoints.size()) return journey_.touchpoints[node].id;
    return node == journey_.elsewhere_node() ? unusual : journey_.exits[node - journey_.elsewhere_node() - 1].id;
  }

  std::string limit() const { return time(static_cast<double>(*journey_.late_after_ms)); }

  /// Nobody is late at the start, everybody is at a late touchpoint; elsewhere the pain says who is.
  enum class From { start, any, late };
  static From from(const LearnedTouchpoint& one) { return one.late ? From::late : From::any; }

  std::string ways(const std::vector<LearnedEdge>& edges, From from) const {
    std::string text;
    const auto add = [&](const std::string& to, const std::string& what) {
      text += (text.empty() ? "" : ", ") + to + ": " + what;
    };
    for (const LearnedEdge& edge : edges) {
      const std::string weight = number(edge.probability);
      const bool parts = edge.to < journey_.touchpoints.size() && journey_.touchpoints[edge.to].later != edge.to;
      if (!parts || from == From::start) {
        add(id(edge.to), weight);
      } else if (from == From::late) {
        add(id(journey_.touchpoints[edge.to].later), weight);
      } else {
        add(id(edge.to), fmt::format("{{weight: {}, unless: {{pain: {}}}}}", weight, kUnderWay));
        add(id(journey_.touchpoints[edge.to].later),
            fmt::format("{{weight: {}, if: {{pain: {}}}}}", weight, kUnderWay));
      }
    }
    return "{" + text + "}";
  }

  void outcomes() {
    text_ += "outcomes:\n";
    for (const LearnedExit& exit : journey_.exits) {
      text_ += fmt::format("  {}: {{label: {}, success: {}}}\n", exit.id, quoted_text(exit.label), exit.success);
    }
  }

  const LearnedJourney& journey_;
  std::string text_;
};

}  // namespace

std::string learned_text(const LearnedJourney& journey, const std::string& title, const std::string& source_name) {
  return Writer(journey).run(title, source_name);
}

}  // namespace sojourn::models
