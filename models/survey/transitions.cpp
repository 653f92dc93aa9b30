#include "models/survey/transitions.h"

#include "engine/base/contract.h"
#include "models/change/views.h"
#include "models/survey/part_names.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace sojourn::models {
namespace {

bool is_outcome(const Journey& journey, const std::string& id) {
  return std::ranges::any_of(journey.outcomes, [&](const Outcome& one) { return one.id == id; });
}

bool is_plain(const Edge& edge) { return edge.mood == 0 && !edge.if_ && !edge.unless; }

std::vector<std::string> give_up_targets(const Touchpoint& one) {
  std::vector<std::string> to;
  if (one.channels.empty()) to.push_back(one.way.if_given_up);
  for (const Channel& channel : one.channels) to.push_back(channel.way.if_given_up);
  return to;
}

/// Whether two views have the same ways on from a touchpoint.
bool same_ways(const Touchpoint& a, const Touchpoint& b) {
  const auto same_next = [](const Channel& x, const Channel& y) { return x.id == y.id && x.way.next == y.way.next; };
  return a.way.next == b.way.next && std::ranges::equal(a.channels, b.channels, same_next);
}

class Counter {
 public:
  Counter(const EventLog& log, const Source& source, const JourneyFile& file, const Mapping& mapping)
      : log_(log),
        source_(source),
        file_(file),
        mapping_(mapping),
        journey_(typed_journey(file.tree)),
        views_(build_case(file, {}).views) {}

  Transitions run() {
    choices();
    look_up();
    for (const LoggedCase& one : log_.cases) follow(one);
    for (auto& [way, stray] : strays_) to_.strays.push_back(std::move(stray));
    for (const auto& [text, cases] : other_outcomes_) to_.other_outcomes.emplace_back(text, cases);
    return std::move(to_);
  }

 private:
  void choices() {
    Choice start;
    start.address = "start";
    for (const auto& [to, weight] : journey_.start) add_way(start, to, weight, "start." + to);
    shares(start);
    to_.choices.push_back(std::move(start));
    own_.push_back(personas_that([this](const Journey& view) { return view.start != journey_.start; }));
    for (std::uint32_t i = 0; i < journey_.touchpoints.size(); ++i) {
      const Touchpoint& one = journey_.touchpoints[i];
      Choice choice;
      choice.address = "touchpoints." + one.id + ".next";
      choice.touchpoint = i;
      for (const Edge& edge : one.way.next) {
        add_way(choice, edge.to, edge.weight, choice.address + "." + edge.to + ".weight");
        if (!is_plain(edge) && edge.weight > 0) choice.not_used = NotUsed::mood_or_guard;
      }
      if (channels_lead(one)) choice.not_used = NotUsed::channels;
      shares(choice);
      to_.choices.push_back(std::move(choice));
      own_.push_back(personas_that([&](const Journey& view) {
        const auto at = std::ranges::find(view.touchpoints, one.id, &Touchpoint::id);
        return at == view.touchpoints.end() || !same_ways(*at, one);
      }));
    }
  }

  template <class Differs>
  std::vector<bool> personas_that(const Differs& differs) const {
    std::vector<bool> own;
    for (const std::size_t view : views_.view_of_persona) own.push_back(differs(views_.views[view]));
    return own;
  }

  /// A way that is closed is none.
  void add_way(Choice& choice, const std::string& to, double weight, std::string address) const {
    if (weight > 0) choice.ways.push_back({to, std::move(address), is_outcome(journey_, to), weight, 0});
  }

  static void shares(Choice& choice) {
    double all = 0;
    for (const CountedWay& way : choice.ways) all += way.present;
    for (CountedWay& way : choice.ways) way.present /= all;
  }

  /// Whether some channel has a `next` of its own: the touchpoint's weights do not reach it.
  bool channels_lead(const Touchpoint& one) const {
    const Tree* channels = file_.tree.find("touchpoints")->find(one.id)->find("channels");
    return channels && std::ranges::any_of(channels->entries,
                                           [](const Tree::Entry& channel) { return channel.value.find("next"); });
  }

  void look_up() {
    Diagnostics found;
    PartNames touchpoints("touchpoint", touchpoint_parts(journey_), translations_of(mapping_, "touchpoint"), found);
    PartNames outcomes("outcome", outcome_parts(journey_), translations_of(mapping_, "outcome"), found);
    PartNames personas("persona", persona_parts(journey_), translations_of(mapping_, "persona"), found);
    std::vector<std::uint64_t> events(log_.activities.size());
    for (const LoggedEvent& event : log_.events) ++events[event.activity];
    for (std::size_t i = 0; i < events.size(); ++i) {
      touchpoint_of_.push_back(events[i] > 0 ? touchpoints(log_.activities[i], events[i]) : kNotSaid);
    }
    touchpoints.report(source_, "an event is a visit of a touchpoint", "leave such events out of the log", found);
    for (const std::string& text : log_.outcomes) outcome_of_.push_back(outcomes(text));
    const bool matters = std::ranges::any_of(
        own_, [](const std::vector<bool>& own) { return std::ranges::find(own, true) != own.end(); });
    std::vector<std::uint64_t> cases(log_.personas.size());
    for (const LoggedCase& one : log_.cases) {
      if (one.persona != kNotSaid) ++cases[one.persona];
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
      persona_of_.push_back(matters && cases[i] > 0 ? personas(log_.personas[i], cases[i]) : kNotSaid);
    }
    personas.report(source_, "some personas have ways of their own", "leave the column empty there", found);
    found.refuse_if_errors();
  }

  void follow(const LoggedCase& one) {
    const std::uint32_t persona = one.persona == kNotSaid ? kNotSaid : persona_of_[one.persona];
    std::size_t from = 0;  // choice
    std::vector<std::uint32_t>* path = nullptr;
    if (one.asked != kNotSaid) {
      if (one.asked >= to_.paths.size()) to_.paths.resize(one.asked + 1);
      path = &to_.paths[one.asked];
    }
    for (const LoggedEvent& event : log_.of(one)) {
      const std::uint32_t touchpoint = touchpoint_of_[event.activity];
      if (path) path->push_back(touchpoint);
      step(from, persona, journey_.touchpoints[touchpoint].id);
      from = touchpoint + 1;
    }
    if (one.outcome != kNotSaid) {
      if (const std::uint32_t outcome = outcome_of_[one.outcome]; outcome != kNotSaid) {
        return step(from, persona, journey_.outcomes[outcome].id);
      }
      ++other_outcomes_[log_.outcomes[one.outcome]];
    }
    end(from, persona);
  }

  bool is_own(std::size_t choice, std::uint32_t persona) const {
    const std::vector<bool>& own = own_[choice];
    return persona == kNotSaid ? std::ranges::find(own, true) != own.end() : own[persona];
  }

  void step(std::size_t from, std::uint32_t persona, const std::string& to) {
    ++to_.steps;
    Choice& choice = to_.choices[from];
    if (is_own(from, persona)) {
      ++choice.own_ways;
      return;
    }
    const auto way = std::ranges::find(choice.ways, to, &CountedWay::to);
    if (way == choice.ways.end()) return stray(from, to);
    ++way->count;
  }

  void end(std::size_t from, std::uint32_t persona) {
    ++to_.steps;
    Choice& choice = to_.choices[from];
    if (is_own(from, persona)) {
      ++choice.own_ways;
    } else if (std::ranges::find(choice.ways, true, &CountedWay::ends) == choice.ways.end()) {
      stray(from, "end");
    } else {
      ++choice.ends;
    }
  }

  void stray(std::size_t from, const std::string& to) {
    const bool start = from == 0;
    const std::string id = start ? "start" : journey_.touchpoints[from - 1].id;
    Stray& one = strays_[{id, to}];
    one.from = id, one.to = to;
    ++one.count;
    if (start) return;
    const std::vector<std::string> given_up = give_up_targets(journey_.touchpoints[from - 1]);
    one.may_be_given_up =
        to == "end"
            ? std::ranges::any_of(given_up, [&](const std::string& id_of) { return is_outcome(journey_, id_of); })
            : std::ranges::find(given_up, to) != given_up.end();
  }

  const EventLog& log_;
  const Source& source_;
  const JourneyFile& file_;
  const Mapping& mapping_;
  Journey journey_;  // without overrides
  JourneyViews views_;
  std::vector<std::vector<bool>> own_;                                  // [choice][persona]: has ways of its own there
  std::vector<std::uint32_t> touchpoint_of_, outcome_of_, persona_of_;  // [text of the log]
  std::map<std::pair<std::string, std::string>, Stray> strays_;
  std::map<std::string, std::uint64_t> other_outcomes_;
  Transitions to_;
};

constexpr double nothing = -std::numeric_limits<double>::infinity();

/// ln of the u-quantile of a gamma variate with that shape and scale 1. P(a, x) = x^a / Gamma(a + 1) up to a factor of 1 - x for small x,
/// which holds where x itself underflows.
double log_gamma_quantile(double shape, double u) {
  if (!(shape > 0)) return nothing;
  const double small = (std::log(u) + std::lgamma(shape + 1)) / shape;
  return small < -40 ? small : std::log(boost::math::gamma_p_inv(shape, u));
}

/// ln of the sum of exp.
double log_sum(const std::vector<double>& logs) {
  const double most = logs.empty() ? nothing : std::ranges::max(logs);
  if (most == nothing) return nothing;
  double sum = 0;
  for (const double one : logs) sum += std::exp(one - most);
  return most + std::log(sum);
}

/// Shares of ways in proportion to exp(logs), where exp(ends) more falls to the outcomes in their proportions.
std::vector<double> shares_of(const Choice& choice, std::vector<double> logs, double ends) {
  std::vector<double> outcomes;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (choice.ways[i].ends) outcomes.push_back(logs[i]);
  }
  const double said = log_sum(outcomes), all = log_sum({said, ends});
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (choice.ways[i].ends && logs[i] != nothing) logs[i] += all - said;
  }
  const double total = log_sum(logs);
  for (double& one : logs) one = std::exp(one - total);
  return logs;
}

}  // namespace

std::string_view reason_of(NotUsed not_used) {
  switch (not_used) {
    case NotUsed::no: return "";
    case NotUsed::mood_or_guard: return "this choice depends on the mood or a guard";
    case NotUsed::channels: return "channels lead on in their own ways, and the log does not say the channel";
  }
  return "";
}

Transitions count_transitions(const EventLog& log, const Source& source, const JourneyFile& journey,
                              const Mapping& mapping) {
  Counter counter(log, source, journey, mapping);
  return counter.run();
}

std::vector<double> posterior_mean(const Choice& choice, double concentration) {
  SOJOURN_EXPECT(concentration > 0, "some trust in the journey as it is");
  std::vector<double> logs;
  for (const CountedWay& way : choice.ways) logs.push_back(std::log(concentration * way.present + way.count));
  return shares_of(choice, std::move(logs), std::log(choice.ends));
}

std::vector<double> posterior_draw(const Choice& choice, double concentration,
                                   const std::function<double(std::string_view address)>& uniform) {
  SOJOURN_EXPECT(concentration > 0, "some trust in the journey as it is");
  std::vector<double> logs;
  for (const CountedWay& way : choice.ways) {
    logs.push_back(log_gamma_quantile(concentration * way.present + way.count, uniform(way.address)));
  }
  // A Dirichlet variate is gamma variates over their sum; that of several parts together is independent of how they share it.
  return shares_of(choice, std::move(logs), log_gamma_quantile(choice.ends, uniform(choice.address)));
}

}  // namespace sojourn::models
