#include "models/learn/late.h"

#include "models/learn/durations.h"
#include "models/learn/names.h"
#include "models/text/duration.h"

#include <array>
#include <limits>
#include <map>

namespace sojourn::models {
namespace {

constexpr std::int64_t hour = 3'600'000;

struct LateVisit {
  std::size_t state = 0;
  std::int64_t since_ms = 0;  // the case began
  TimedVisit visit;
};

using Visits = std::vector<TimedVisit>;

/// Visits by symbol and by state; `from` and `to` bound when they began.
struct Fits {
  std::map<Symbol, FittedDuration> of_symbol;
  std::map<std::size_t, FittedDuration> of_state;
  double nats = 0;  // by symbol
};

Fits fit_all(const Memory3& memory, const std::vector<LateVisit>& visits, std::int64_t from_ms, std::int64_t to_ms,
             bool states_too) {
  std::map<Symbol, Visits> by_symbol;
  std::map<std::size_t, Visits> by_state;
  for (const LateVisit& one : visits) {
    if (one.since_ms < from_ms || one.since_ms >= to_ms) continue;
    by_symbol[memory.context(one.state).back(0)].push_back(one.visit);
    if (states_too) by_state[one.state].push_back(one.visit);
  }
  Fits fits;
  for (const auto& [symbol, list] : by_symbol) fits.nats += (fits.of_symbol[symbol] = fit_duration(list)).nats;
  for (const auto& [state, list] : by_state) fits.of_state[state] = fit_duration(list);
  return fits;
}

/// [touchpoint] the activity's duration, or its states' own where those together are more likely.
std::vector<Distribution> chosen(const Memory3& memory, const Fits& fits, const std::vector<std::size_t>& states) {
  constexpr double worth_it = 5;  // nats
  std::map<Symbol, double> apart;
  for (const auto& [state, fit] : fits.of_state) apart[memory.context(state).back(0)] += fit.nats;
  std::vector<Distribution> list;
  for (const std::size_t state : states) {
    const Symbol symbol = memory.context(state).back(0);
    const auto together = fits.of_symbol.find(symbol);
    const auto own = fits.of_state.find(state);
    if (together == fits.of_symbol.end()) {
      list.emplace_back();
    } else if (own != fits.of_state.end() && apart[symbol] < together->second.nats - worth_it) {
      list.push_back(own->second.distribution);
    } else {
      list.push_back(together->second.distribution);
    }
  }
  return list;
}

}  // namespace

LateDurations fit_late(const Memory3& memory, const Traces& traces, const std::vector<std::size_t>& states) {
  constexpr std::int64_t ever = std::numeric_limits<std::int64_t>::max();
  constexpr std::array<std::int64_t, 10> limits = {hour,      2 * hour,  4 * hour,   8 * hour,   12 * hour,
                                                   24 * hour, 72 * hour, 168 * hour, 336 * hour, 720 * hour};
  std::vector<LateVisit> visits;
  for (std::size_t i = 0; i < traces.list.size(); ++i) {
    std::size_t state = memory.start();
    std::int64_t since = 0;
    for (const Step& step : traces.of(traces.list[i])) {
      state = memory.after(state, step.symbol);
      visits.push_back({state, since, {step.gap_ms, static_cast<unsigned>(i % kFolds)}});
      since += step.gap_ms;
    }
  }
  const Fits all = fit_all(memory, visits, 0, ever, true);
  std::optional<std::int64_t> best;
  double least = std::min(all.nats - 30, 0.995 * all.nats);
  for (const std::int64_t limit : limits) {
    // At a visit the clock stands where the one before ended, so `limit` itself is early: `after` asks for strictly more.
    const double nats =
        fit_all(memory, visits, 0, limit + 1, false).nats + fit_all(memory, visits, limit + 1, ever, false).nats;
    if (nats < least) {
      least = nats;
      best = limit;
    }
  }
  LateDurations to;
  if (!best) {
    to.early = chosen(memory, all, states);
    return to;
  }
  to.after_ms = best;
  to.early = chosen(memory, fit_all(memory, visits, 0, *best + 1, true), states);
  to.late = chosen(memory, fit_all(memory, visits, *best + 1, ever, true), states);
  return to;
}

void add_late(LearnedJourney& journey, std::int64_t after_ms, const std::vector<Distribution>& late) {
  const std::size_t early = journey.touchpoints.size();
  const auto moved = [early](std::vector<LearnedEdge>& edges) {
    for (LearnedEdge& edge : edges) {
      if (edge.to >= early) edge.to += static_cast<std::uint32_t>(early);
    }
  };
  for (LearnedTouchpoint& one : journey.touchpoints) moved(one.next);
  moved(journey.elsewhere);
  for (LearnedPersona& persona : journey.personas) {
    moved(persona.start);
    for (auto& [touchpoint, edges] : persona.next) moved(edges);
  }
  journey.touchpoints.reserve(2 * early);
  for (std::size_t i = 0; i < early; ++i) {
    LearnedTouchpoint second = journey.touchpoints[i];
    second.late = true;
    second.later = static_cast<std::uint32_t>(early + i);
    second.duration_ms = late[i];
    second.visits = 0;
    second.label += ", later";
    journey.touchpoints[i].later = second.later;
    journey.touchpoints.push_back(std::move(second));
  }
  journey.late_after_ms = after_ms;
  name_late(journey);
}

}  // namespace sojourn::models
