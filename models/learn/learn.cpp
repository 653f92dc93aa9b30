// learn_journey: from a log to the numbers of a journey.

#include "models/learn/durations.h"
#include "models/learn/four_digits.h"
#include "models/learn/late.h"
#include "models/learn/learned.h"
#include "models/learn/mixture.h"
#include "models/learn/names.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace sojourn::models {
namespace {

class Learner {
 public:
  Learner(const EventLog& log, const LearnOptions& options)
      : options_(options),
        alphabet_(alphabet_of(log, options.min_share)),
        traces_(traces_of(log, alphabet_)),
        counts_(traces_, alphabet_.symbols.size()),
        baselines_(
            {fit_baseline(counts_, 0), fit_baseline(counts_, 1), fit_baseline(counts_, 2), fit_baseline(counts_, 3)}),
        chosen_(choose_contexts(counts_, traces_, baselines_, options.order.value_or(kDeepest))),
        memory_(chosen_.memory),
        followers_(followers_of(memory_, counts_, traces_)) {
    to_.has_ends = log.has_ends;
  }

  LearnedJourney run() {
    exits();
    reach();
    touchpoints();
    ways();
    personas();
    durations();
    summary();
    return std::move(to_);
  }

 private:
  double p(std::size_t state, Symbol symbol) const {
    if (options_.order == 0U) return counts_.probability(Context(), symbol, chosen_.concentration);
    return probability(memory_, followers_, counts_, state, symbol, chosen_.concentration);
  }

  bool is_written(std::size_t state, Symbol symbol) const {
    const double count =
        options_.order == 0U ? counts_.at(Context()).count(symbol, {}) : followers_[state].count(symbol, {});
    return count > 0 && count >= options_.min_share * static_cast<double>(traces_.list.size());
  }

  void exits() {
    std::vector<std::string> ids = outcome_ids(alphabet_.exits);
    for (std::size_t i = 0; i < alphabet_.exits.size(); ++i) {
      const std::string& name = alphabet_.exits[i];
      const bool said = std::ranges::find(options_.success, name) != options_.success.end();
      to_.exits.push_back({ids[i], name.empty() ? "The case ends" : name, name.empty() || said});
      to_.success_is_said = to_.success_is_said || said;
    }
    exit_counts_.assign(memory_.size(), std::vector<double>(alphabet_.exits.size(), 0));
    all_exits_.assign(alphabet_.exits.size(), 0);
    for (const Trace& trace : traces_.list) {
      std::size_t state = memory_.start();
      for (const Step& step : traces_.of(trace)) state = memory_.after(state, step.symbol);
      ++exit_counts_[state][trace.exit];
      ++all_exits_[trace.exit];
    }
  }

  /// P(exit | state, the case ends), smoothed towards all ends.
  double exit_share(std::size_t state, std::size_t exit) const {
    double ends = 0;
    for (const double count : exit_counts_[state]) ends += count;
    return smoothed(exit_counts_[state][exit], ends, all_exits_[exit] / static_cast<double>(traces_.list.size()),
                    chosen_.concentration);
  }

  /// Numbers the states that can be met: through what is written, or from anywhere through `elsewhere`.
  void reach() {
    node_.assign(memory_.size(), kNotSaid);
    std::vector<std::size_t> open = {memory_.start()};
    for (Symbol symbol = 0; symbol < alphabet_.symbols.size(); ++symbol) open.push_back(memory_.plain(symbol));
    std::vector<bool> met(memory_.size(), false);
    for (const std::size_t state : open) met[state] = true;
    while (!open.empty()) {
      const std::size_t state = open.back();
      open.pop_back();
      for (Symbol symbol = 0; symbol < alphabet_.symbols.size(); ++symbol) {
        const std::size_t after = memory_.after(state, symbol);
        if (met[after] || !is_written(state, symbol)) continue;
        met[after] = true;
        open.push_back(after);
      }
    }
    for (std::size_t state = 0; state < memory_.size(); ++state) {
      if (!met[state] || state == memory_.start()) continue;
      node_[state] = static_cast<std::uint32_t>(states_.size());
      states_.push_back(state);
    }
  }

  void touchpoints() {
    std::vector<Context> contexts;
    for (const std::size_t state : states_) contexts.push_back(memory_.context(state));
    const std::vector<NamedState> names = state_names(contexts, alphabet_, counts_.start(), to_.exits);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      LearnedTouchpoint one;
      one.id = names[i].id;
      one.label = names[i].label;
      one.symbol = memory_.context(states_[i]).back(0);
      one.later = static_cast<std::uint32_t>(i);
      one.visits = followers_[states_[i]].total.all;
      to_.touchpoints.push_back(std::move(one));
    }
  }

  /// Everything that may follow a state; `of` gives P(symbol). What is not written goes to `elsewhere`, and is told to `on_rest`.
  template <class Of>
  std::vector<LearnedEdge> edges(std::size_t state, Of of,
                                 const std::function<void(Symbol, double)>& on_rest = {}) const {
    std::vector<LearnedEdge> list;
    double rest = 0;
    for (Symbol symbol = 0; symbol <= counts_.end(); ++symbol) {
      const double share = of(symbol);
      if (!is_written(state, symbol)) {
        rest += share;
        if (on_rest) on_rest(symbol, share);
      } else if (symbol != counts_.end()) {
        list.push_back({node_[memory_.after(state, symbol)], four_digits(share)});
      } else {
        for (std::size_t exit = 0; exit < to_.exits.size(); ++exit) {
          list.push_back({to_.exit_node(exit), four_digits(share * exit_share(state, exit))});
        }
      }
    }
    if (rest > 0) list.push_back({to_.elsewhere_node(), four_digits(rest)});
    return list;
  }

  void ways() {
    std::vector<double> rest(counts_.end() + 1, 0);
    const auto learned = [&](std::size_t state) {
      const double visits = followers_[state].total.all;
      for (const auto& [symbol, sums] : followers_[state].next) {
        if (!is_written(state, symbol)) ++to_.folded_ways;
      }
      // Even where nobody was seen something may follow.
      return edges(
          state, [&](Symbol symbol) { return p(state, symbol); },
          [&](Symbol symbol, double share) { rest[symbol] += (visits + 1) * share; });
    };
    start_ = learned(memory_.start());
    for (std::size_t i = 0; i < states_.size(); ++i) to_.touchpoints[i].next = learned(states_[i]);
    double all = 0;
    for (const double one : rest) all += one;
    if (!(all > 0)) return;
    for (Symbol symbol = 0; symbol < counts_.end(); ++symbol) {
      if (rest[symbol] > 0) to_.elsewhere.push_back({node_[memory_.plain(symbol)], four_digits(rest[symbol] / all)});
    }
    for (std::size_t exit = 0; exit < to_.exits.size() && rest[counts_.end()] > 0; ++exit) {
      const double share = all_exits_[exit] / static_cast<double>(traces_.list.size());
      to_.elsewhere.push_back({to_.exit_node(exit), four_digits(rest[counts_.end()] / all * share)});
    }
  }

  void personas() {
    const Ways taken(memory_, counts_, traces_);
    std::vector<double> base, held_out;
    for (const Ways::Pair& pair : taken.pairs()) {
      base.push_back(p(pair.state, pair.symbol));
      held_out.push_back(probability(memory_, followers_, counts_, pair.state, pair.symbol, chosen_.concentration, 0U));
    }
    const bool from_column = !alphabet_.personas.empty() && !options_.personas;
    Responsibilities responsibilities;
    if (from_column) {
      responsibilities = said_personas();
      to_.personas_from_column = true;
    } else {
      responsibilities = choose_personas(taken, base, held_out, options_.personas.value_or(0)).responsibilities;
    }
    const Mixture mixture =
        mixture_of(taken, base, responsibilities, std::vector<bool>(taken.cases(), true), kPersonaConcentration);
    for (std::size_t z = 0; z < mixture.shares.size(); ++z) {
      LearnedPersona persona;
      persona.share = four_digits(mixture.shares[z]);
      persona.start = start_;
      differences(taken, base, mixture, z, persona);
      to_.personas.push_back(std::move(persona));
    }
    name_personas(to_, alphabet_, from_column, persona_visits(taken, mixture));
  }

  /// Who does not say a persona may be any.
  Responsibilities said_personas() const {
    const std::size_t personas = alphabet_.personas.size();
    std::vector<double> shares(personas, 0);
    double said = 0;
    for (const Trace& trace : traces_.list) {
      if (trace.persona == kNotSaid) continue;
      ++shares[trace.persona];
      ++said;
    }
    Responsibilities list;
    for (const Trace& trace : traces_.list) {
      std::vector<double> row(personas, 0);
      if (trace.persona != kNotSaid) {
        row[trace.persona] = 1;
      } else {
        for (std::size_t z = 0; z < personas; ++z) row[z] = shares[z] / said;
      }
      list.push_back(std::move(row));
    }
    return list;
  }

  /// A persona's own ways, where its cases say more about them than chance would (2 nats).
  void differences(const Ways& taken, const std::vector<double>& base, const Mixture& mixture, std::size_t z,
                   LearnedPersona& persona) const {
    constexpr double worth_it = 2;
    if (mixture.shares.size() == 1) return;
    const auto& pairs = taken.pairs();
    for (std::size_t from = 0, end = 0; from < pairs.size(); from = end) {
      const std::size_t state = pairs[from].state;
      double gain = 0, total = 0;
      for (end = from; end < pairs.size() && pairs[end].state == state; ++end) {
        gain += mixture.count[z][end] * std::log(mixture.probability[z][end] / base[end]);
        total += mixture.count[z][end];
      }
      if (gain < worth_it || (state != memory_.start() && node_[state] == kNotSaid)) continue;
      std::vector<LearnedEdge> own = edges(state, [&](Symbol symbol) {
        const auto at = std::lower_bound(pairs.begin() + static_cast<std::ptrdiff_t>(from),
                                         pairs.begin() + static_cast<std::ptrdiff_t>(end), symbol,
                                         [](const Ways::Pair& pair, Symbol s) { return pair.symbol < s; });
        const bool seen = at != pairs.begin() + static_cast<std::ptrdiff_t>(end) && at->symbol == symbol;
        const double count = seen ? mixture.count[z][static_cast<std::size_t>(at - pairs.begin())] : 0;
        return smoothed(count, total, p(state, symbol), kPersonaConcentration);
      });
      if (state == memory_.start()) {
        persona.start = std::move(own);
      } else {
        persona.next[node_[state]] = std::move(own);
      }
    }
  }

  /// [persona][symbol] visits per case.
  std::vector<std::vector<double>> persona_visits(const Ways& taken, const Mixture& mixture) const {
    std::vector<std::vector<double>> visits;
    for (std::size_t z = 0; z < mixture.shares.size(); ++z) {
      std::vector<double> row(alphabet_.symbols.size(), 0);
      for (std::size_t pair = 0; pair < taken.pairs().size(); ++pair) {
        const Symbol symbol = taken.pairs()[pair].symbol;
        if (symbol != counts_.end()) row[symbol] += mixture.count[z][pair];
      }
      for (double& count : row) count /= mixture.shares[z] * static_cast<double>(taken.cases());
      visits.push_back(std::move(row));
    }
    return visits;
  }

  /// [touchpoint] of visits that began when the case had been under way for more than `from_ms`, and `to_ms` at most.
  std::vector<FittedDuration> fitted(std::int64_t from_ms, std::int64_t to_ms) const {
    constexpr double worth_it = 5;  // nats, held out, that parting an activity's touchpoints must gain
    std::vector<std::vector<TimedVisit>> of_symbol(alphabet_.symbols.size()), of_state(memory_.size());
    for (std::size_t i = 0; i < traces_.list.size(); ++i) {
      std::size_t state = memory_.start();
      std::int64_t since = 0;
      for (const Step& step : traces_.of(traces_.list[i])) {
        state = memory_.after(state, step.symbol);
        if (since > from_ms && since <= to_ms) {
          const TimedVisit visit{step.gap_ms, static_cast<unsigned>(i % kFolds)};
          of_symbol[step.symbol].push_back(visit);
          of_state[state].push_back(visit);
        }
        since += step.gap_ms;
      }
    }
    std::vector<FittedDuration> together, list;
    for (const auto& visits : of_symbol) together.push_back(fit_duration(visits));
    std::vector<double> nats(alphabet_.symbols.size(), 0);
    for (const std::size_t state : states_) {
      list.push_back(fit_duration(of_state[state]));
      nats[memory_.context(state).back(0)] += list.back().nats;
    }
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Symbol symbol = to_.touchpoints[i].symbol;
      const bool own = nats[symbol] < together[symbol].nats - worth_it && !of_state[states_[i]].empty();
      if (!own) list[i] = together[symbol];
    }
    return list;
  }

  void durations() {
    constexpr std::int64_t ever = std::numeric_limits<std::int64_t>::max();
    to_.late_after_ms = find_limit(traces_, alphabet_.symbols.size());
    const std::vector<FittedDuration> early = fitted(-1, to_.late_after_ms.value_or(ever));
    for (std::size_t i = 0; i < early.size(); ++i) to_.touchpoints[i].duration_ms = early[i].distribution;
    if (to_.late_after_ms) add_late(fitted(*to_.late_after_ms, ever));
  }

  /// A second touchpoint for each that cases come to from elsewhere, behind all the others.
  void add_late(const std::vector<FittedDuration>& durations) {
    const auto early = static_cast<std::uint32_t>(to_.touchpoints.size());
    std::vector<bool> entered(early, false);
    for (const LearnedTouchpoint& one : to_.touchpoints) {
      for (const LearnedEdge& edge : one.next) {
        if (edge.to < early) entered[edge.to] = true;
      }
    }
    for (const LearnedEdge& edge : to_.elsewhere) {
      if (edge.to < early) entered[edge.to] = true;
    }
    for (std::uint32_t i = 0; i < early; ++i) {
      if (!entered[i]) continue;
      LearnedTouchpoint second = to_.touchpoints[i];
      second.late = true;
      second.later = to_.touchpoints[i].later = static_cast<std::uint32_t>(to_.touchpoints.size());
      second.duration_ms = durations[i].distribution;
      second.visits = 0;
      second.label += ", later";
      to_.touchpoints.push_back(std::move(second));
    }
    const auto added = static_cast<std::uint32_t>(to_.touchpoints.size()) - early;
    const auto renumber = [&](std::vector<LearnedEdge>& edges) {
      for (LearnedEdge& edge : edges) edge.to += edge.to >= early ? added : 0;
    };
    for (LearnedTouchpoint& one : to_.touchpoints) renumber(one.next);
    renumber(to_.elsewhere);
    for (LearnedPersona& persona : to_.personas) {
      renumber(persona.start);
      for (auto& [touchpoint, edges] : persona.next) renumber(edges);
    }
    name_late(to_);
  }

  void summary() {
    to_.order = options_.order == 0U ? 0 : memory_.depth();
    to_.concentration = chosen_.concentration;
    to_.events = traces_.steps.size();
    to_.cases = traces_.list.size();
    const auto scored = static_cast<double>(to_.events + to_.cases);
    to_.nats_per_event = chosen_.nats / scored;
    for (const OrderBaseline& one : baselines_) to_.baselines.emplace_back(one.order, one.nats / scored);
    for (const Trace& trace : traces_.list) {
      const auto steps = traces_.of(trace);
      for (std::size_t i = 0; i + 1 < steps.size(); ++i) to_.overlapping += steps[i].own_ms > steps[i].gap_ms ? 1U : 0U;
    }
    if (alphabet_.has_rare()) {
      to_.rare_activities = alphabet_.activities.size() + 1 - alphabet_.symbols.size();
    }
    to_.alphabet = std::move(alphabet_);
  }

  const LearnOptions& options_;
  Alphabet alphabet_;
  Traces traces_;
  ContextCounts counts_;
  std::vector<OrderBaseline> baselines_;
  Chosen chosen_;
  const ContextMemory& memory_;
  std::vector<Followers> followers_;              // [state]
  std::vector<std::vector<double>> exit_counts_;  // [state][exit]
  std::vector<double> all_exits_;                 // [exit]
  std::vector<std::uint32_t> node_;               // [state] touchpoint, or kNotSaid
  std::vector<std::size_t> states_;               // [touchpoint] state
  std::vector<LearnedEdge> start_;
  LearnedJourney to_;
};

}  // namespace

LearnedJourney learn_journey(const EventLog& log, const LearnOptions& options, const Source& source) {
  if (log.cases.empty()) {
    Diagnostics found;
    found.error({source, 0, 0, 1}, "there are no events in it", "nothing can be learned from nothing",
                "Is it the right file?");
    found.refuse_if_errors();
  }
  return Learner(log, options).run();
}

}  // namespace sojourn::models
