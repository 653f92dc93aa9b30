#include "models/learn/simulated_cases.h"

#include "engine/random/luck.h"
#include "engine/walk/walk.h"
#include "models/change/views.h"
#include "models/learn/names.h"
#include "models/score/experiment.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <span>

namespace sojourn::models {
namespace {

constexpr std::uint32_t repetitions = 50;

std::vector<CaseEvents> cases_of(const Traces& traces) {
  std::vector<CaseEvents> cases;
  for (const Trace& trace : traces.list) {
    CaseEvents events;
    std::int64_t now = 0;
    for (const Step& step : traces.of(trace)) {
      events.push_back({step.activity, now, now + step.own_ms});
      now += step.gap_ms;
    }
    cases.push_back(std::move(events));
  }
  return cases;
}

/// Where an event ends: in the step of the event that is `later` behind it, at that share of its time.
struct End {
  std::uint32_t later = 0;
  double share = 1;
};

/// Ends of events by activity, in the order of the time to the next event.
class Ends {
 public:
  explicit Ends(const Traces& traces) {
    for (const Trace& trace : traces.list) {
      const std::span<const Step> steps = traces.of(trace);
      for (std::size_t i = 0; i < steps.size(); ++i) {
        std::int64_t rest = steps[i].own_ms;
        std::size_t in = i;
        while (in + 1 < steps.size() && rest > steps[in].gap_ms) rest -= steps[in++].gap_ms;
        const std::int64_t gap = steps[in].gap_ms;
        const double share = gap > 0 ? static_cast<double>(rest) / static_cast<double>(gap) : 1;
        of_[steps[i].activity].push_back({steps[i].gap_ms, {static_cast<std::uint32_t>(in - i), share}});
      }
    }
    for (auto& [activity, list] : of_) std::ranges::stable_sort(list, {}, &Known::gap_ms);
  }

  End near(std::uint32_t activity, std::int64_t gap_ms, double draw) const {
    const auto found = of_.find(activity);
    if (found == of_.end()) return {};
    const std::vector<Known>& list = found->second;
    auto above = std::ranges::lower_bound(list, gap_ms, {}, &Known::gap_ms);
    if (above == list.end() || (above != list.begin() && gap_ms - std::prev(above)->gap_ms < above->gap_ms - gap_ms)) {
      above = std::prev(above);
    }
    // Of those equally near any one.
    const auto first = std::ranges::lower_bound(list, above->gap_ms, {}, &Known::gap_ms);
    const auto last = std::ranges::upper_bound(list, above->gap_ms, {}, &Known::gap_ms);
    return first[static_cast<std::ptrdiff_t>(draw * static_cast<double>(last - first))].end;
  }

 private:
  struct Known {
    std::int64_t gap_ms = 0;
    End end;
  };
  std::map<std::uint32_t, std::vector<Known>> of_;
};

class Simulator {
 public:
  Simulator(const LearnedJourney& journey, const std::string& text, const Traces& training)
      : alphabet_(journey.alphabet),
        file_(read_journey(std::make_shared<const SourceText>(SourceText{"learned", text}))),
        case_(build_case(file_, {})),
        experiment_({&case_}),
        ends_(training) {
    std::map<std::string, Symbol> symbols;
    for (const LearnedTouchpoint& one : journey.touchpoints) symbols[one.id] = one.symbol;
    for (const Named& named : experiment_.names().touchpoints) {
      const auto known = symbols.find(named.id);
      symbol_.push_back(known == symbols.end() ? kNotSaid : known->second);
    }
  }

  /// Cases without events are left out.
  std::vector<CaseEvents> cases(std::size_t count, std::uint64_t seed, std::uint32_t replicate) const {
    const engine::PlaceKeys keys = experiment_.keys(seed, replicate);
    const engine::PlaceKey place = engine::place_key(seed, "learn/ends");
    engine::Ordinals ordinals(experiment_.atlas().touchpoints.size());
    std::vector<std::int64_t> scores(experiment_.atlas().layout.scores, 0);
    std::vector<CaseEvents> list;
    for (std::uint64_t agent = 0; agent < count; ++agent) {
      CaseEvents events;
      std::vector<End> ends;
      engine::walk(experiment_.customer(0), keys, agent, ordinals, scores, [&](const engine::Visit& visit) {
        const Symbol symbol = symbol_[visit.node];
        if (symbol == kNotSaid) return;
        const auto ordinal = static_cast<std::uint32_t>(events.size());
        const engine::Block draws = engine::luck_of(place, agent, replicate, ordinal).block(0);
        const std::uint32_t activity = activity_of(symbol, engine::uniform(draws[0]));
        events.push_back({activity, visit.arrived_ms, visit.arrived_ms + visit.duration_ms});
        ends.push_back(ends_.near(activity, visit.duration_ms, engine::uniform(draws[1])));
      });
      end(events, ends);
      if (!events.empty()) list.push_back(std::move(events));
    }
    return list;
  }

 private:
  /// So far each ends where the next begins.
  static void end(CaseEvents& events, const std::vector<End>& ends) {
    std::vector<std::int64_t> gaps;
    for (const CaseEvent& event : events) gaps.push_back(event.end_ms - event.start_ms);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const std::size_t in = std::min(i + ends[i].later, events.size() - 1);
      events[i].end_ms = events[in].start_ms + std::llround(ends[i].share * static_cast<double>(gaps[in]));
    }
  }

  std::uint32_t activity_of(Symbol symbol, double draw) const {
    std::uint32_t last = 0;
    for (std::uint32_t activity = 0; activity < alphabet_.activities.size(); ++activity) {
      if (alphabet_.symbol_of[activity] != symbol) continue;
      last = activity;
      draw -= alphabet_.share_within[activity];
      if (draw < 0) break;
    }
    return last;
  }

  const Alphabet& alphabet_;
  JourneyFile file_;
  Case case_;
  Experiment experiment_;
  Ends ends_;
  std::vector<Symbol> symbol_;  // [touchpoint of the file]
};

void add(Distances& sum, const Distances& one) {
  sum.ngram += one.ngram / repetitions;
  sum.relative_event_hours += one.relative_event_hours / repetitions;
  sum.cycle_time_hours += one.cycle_time_hours / repetitions;
}

}  // namespace

Likeness likeness(const LearnedJourney& journey, const std::string& text, const EventLog& training,
                  const EventLog& test, std::uint64_t seed) {
  const Traces learned = traces_of(training, journey.alphabet);
  const std::vector<CaseEvents> pool = cases_of(learned);
  const std::vector<CaseEvents> real = cases_of(traces_of(test, journey.alphabet));
  Likeness to;
  if (real.empty()) return to;
  to.repetitions = static_cast<int>(repetitions);
  const Simulator simulator(journey, text, learned);
  const engine::PlaceKey key = engine::place_key(seed, "learn/floor");
  for (std::uint32_t repetition = 0; repetition < repetitions; ++repetition) {
    const std::vector<CaseEvents> simulated = simulator.cases(real.size(), seed, repetition);
    if (!simulated.empty()) add(to.simulated, distances(simulated, real));
    std::vector<CaseEvents> drawn;
    for (std::size_t i = 0; i < real.size(); ++i) {
      const double draw = engine::uniform(engine::luck_of(key, i, repetition, 0).block(0)[0]);
      drawn.push_back(pool[static_cast<std::size_t>(draw * static_cast<double>(pool.size()))]);
    }
    add(to.floor, distances(drawn, real));
  }
  return to;
}

}  // namespace sojourn::models
