#include "models/drivers/crossings.h"

#include "models/drivers/answer.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

MetricRow times(const MetricRow& row, double factor) {
  MetricRow result = row;
  for (double& one : result) one *= factor;
  return result;
}

MetricRow less(const MetricRow& a, const MetricRow& b) {
  MetricRow result = a;
  for (std::size_t m = 0; m < kColumns; ++m) result[m] -= b[m];
  return result;
}

/// One of n, by the agent's own luck.
std::size_t pick(const engine::Luck& luck, std::uint32_t word, std::size_t n) {
  static const std::uint32_t kPurpose = engine::purpose_of("drivers");
  return static_cast<std::size_t>(engine::uniform(luck.block(kPurpose)[word]) * static_cast<double>(n));
}

}  // namespace

void Crossings::find(std::uint64_t agent, const Tape& tape, Recorder& recorder, Jumps& jumps) {
  jumps.clear();
  deadlines_.clear();
  moments_.clear();
  outlastings_.clear();
  certain_.clear();
  if (origins_.personas[tape.group].has_deadlines) {
    deadlines(tape);
    outlastings(tape);
  }
  certainties(tape);
  const engine::Luck luck = engine::luck_of(recorder.keys().agent, agent, recorder.keys().seed.replicate, 0);
  if (const std::size_t n = moments_.size(); n > 0) {
    try_deadline(agent, tape, recorder, moments_[pick(luck, 0, n)], static_cast<double>(n), jumps);
  }
  if (const std::size_t n = outlastings_.size(); n > 0) {
    try_outlasting(agent, tape, recorder, outlastings_[pick(luck, 1, n)], static_cast<double>(n), jumps);
  }
  if (const std::size_t n = certain_.size(); n > 0) {
    try_certain(agent, tape, recorder, certain_[pick(luck, 2, n)], static_cast<double>(n), jumps);
  }
}

void Crossings::deadlines(const Tape& tape) {
  const PersonaTables& persona = tables_.personas[tape.group];
  const PersonaOrigins& origins = origins_.personas[tape.group];
  double variance = 0;
  std::uint32_t last_continuous = 0;
  for (std::uint32_t k = 0; k < tape.visits.size(); ++k) {
    const TapeVisit& one = tape.visits[k];
    const double width = one.visit.given_up ? origins.patience.half_width : origins.ways[one.way].duration.half_width;
    if (width > 0) {
      variance += width * width;
      last_continuous = k;
    }
    if (one.visit.given_up || variance == 0) continue;
    const std::int64_t clock = one.visit.arrived_ms + one.visit.duration_ms;
    if (clock >= kLongestMs) return;
    const WayRow& way = persona.ways[one.way];
    const double h = kKernelWidth * std::sqrt(variance);
    for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
      const PainRow& pain = persona.pains[i];
      if (pain.after_ms == PainRow::kNever) continue;
      const double weight = kernel(static_cast<double>(clock - pain.after_ms) / h) / h;
      if (weight == 0) continue;
      const Deadline deadline{k, last_continuous, i, pain.after_ms - clock, weight};
      const auto same_moment = [&](const Deadline& other) {
        return other.from_visit == deadline.from_visit && other.to_deadline_ms == deadline.to_deadline_ms;
      };
      if (std::ranges::none_of(deadlines_, same_moment)) moments_.push_back(deadlines_.size());
      deadlines_.push_back(deadline);
    }
  }
}

void Crossings::try_deadline(std::uint64_t agent, const Tape& tape, Recorder& recorder, std::size_t which, double n,
                             Jumps& jumps) const {
  const Deadline& first = deadlines_[which];
  const std::uint32_t group = tape.group;
  Intervention before{.clock_visit = first.from_visit, .clock_ms = first.to_deadline_ms};
  Intervention after = before;
  ++after.clock_ms;
  const auto in_time = recorder.had(agent, before);
  const auto late = recorder.had(agent, after);
  if (!in_time || !late) return;
  const MetricRow jump = times(less(*late, *in_time), n * first.weight);
  jumps.times.push_back({first.visit, jump});
  std::vector<const Deadline*> together;
  for (const Deadline& one : deadlines_) {
    if (one.from_visit == first.from_visit && one.to_deadline_ms == first.to_deadline_ms) together.push_back(&one);
  }
  for (const Deadline* one : together) {
    const std::uint32_t lever = origins_.personas[group].pains[one->pain].after;
    if (lever == kNoLever) continue;
    if (together.size() == 1) {
      jumps.own.push_back({lever, times(jump, -1)});
      continue;
    }
    // Several deadlines fall together: the others stay as they are.
    Intervention alone = before;
    alone.change_visit = one->visit;
    alone.change = [row = one->pain](PersonaTables& persona, bool before_visit) {
      persona.pains[row].after_ms += before_visit ? -1 : 1;
    };
    if (const auto changed = recorder.had(agent, alone)) {
      jumps.own.push_back({lever, times(less(*changed, *in_time), -n * one->weight)});
    }
  }
}

void Crossings::outlastings(const Tape& tape) {
  const PersonaTables& persona = tables_.personas[tape.group];
  const PersonaOrigins& origins = origins_.personas[tape.group];
  if (persona.patient) return;
  const double patience_width = origins.patience.log_half_width;
  for (std::uint32_t k = 0; k < tape.visits.size(); ++k) {
    const TapeVisit& one = tape.visits[k];
    const WayOrigin& way = origins.ways[one.way];
    if (way.given_up <= 0 || way.given_up >= 1) continue;
    const double duration_width = way.duration.log_half_width;
    const double h = kKernelWidth * std::sqrt(duration_width * duration_width + patience_width * patience_width);
    if (!(h > 0)) continue;
    const auto passed = static_cast<double>(one.visit.duration_ms);
    const double duration = one.visit.given_up ? persona.ways[one.way].duration(one.u_duration) : passed;
    const double patience = one.visit.given_up ? passed : persona.patience(one.u_patience);
    if (!(duration >= 1) || !(patience >= 1)) continue;
    const double weight = kernel(engine::log(duration / patience) / h) / h;
    if (weight != 0) outlastings_.push_back({k, weight});
  }
}

void Crossings::try_outlasting(std::uint64_t agent, const Tape& tape, Recorder& recorder, const Outlasting& one,
                               double n, Jumps& jumps) const {
  const TapeVisit& visit = tape.visits[one.visit];
  const bool gave_up = visit.visit.given_up;
  const auto passed = static_cast<double>(visit.visit.duration_ms);
  const MetricRow happened = tape.metrics;
  struct Kept {
    engine::Quantile duration, patience;
    bool patient;
    std::int64_t surely_patient_ms;
  } kept{};
  const std::uint32_t row = visit.way;
  Intervention other{.change_visit = one.visit};
  // The other branch after the same time: whoever gave up stays to the end of it, whoever stayed gives up at it.
  other.change = [&, row](PersonaTables& persona, bool before_visit) {
    WayRow& way = persona.ways[row];
    if (before_visit) {
      kept = {way.duration, persona.patience, persona.patient, persona.surely_patient_ms};
      engine::Quantile constant;
      constant.a = passed;
      way.duration = constant;
      if (gave_up) {
        persona.patient = true;
      } else {
        way.duration.a = passed + 1;
        persona.patience = constant;
        persona.surely_patient_ms = -1;
      }
    } else {
      way.duration = kept.duration;
      persona.patience = kept.patience;
      persona.patient = kept.patient;
      persona.surely_patient_ms = kept.surely_patient_ms;
    }
  };
  const auto changed = recorder.had(agent, other);
  if (!changed) return;
  const MetricRow jump = gave_up ? less(happened, *changed) : less(*changed, happened);
  jumps.patience.push_back({one.visit, times(jump, n * one.weight)});
}

void Crossings::certainties(const Tape& tape) {
  const PersonaTables& persona = tables_.personas[tape.group];
  const PersonaOrigins& origins = origins_.personas[tape.group];
  const auto certain = [](double probability) { return probability == 0 || probability == 1; };
  for (std::uint32_t k = 0; k < tape.visits.size(); ++k) {
    const TapeVisit& one = tape.visits[k];
    if (one.visit.given_up) continue;
    const WayRow& way = persona.ways[one.way];
    std::uint64_t open = one.open;
    for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
      const PainRow& pain = persona.pains[i];
      if ((one.visit.marks >> pain.mark & 1) != 0) open |= pain.opens;
      if (pain.after_ms != PainRow::kNever || !certain(pain.probability)) continue;
      if (origins.pains[i].probability != kNoLever) certain_.push_back({Certain::What::pain, k, i});
    }
    for (std::uint32_t i = way.resolutions.first; i < way.resolutions.first + way.resolutions.count; ++i) {
      const ResolutionRow& resolution = persona.resolutions[i];
      if ((open & resolution.closes) == 0 || !certain(resolution.probability)) continue;
      if (origins.resolutions[i].probability != kNoLever) certain_.push_back({Certain::What::resolution, k, i});
    }
    for (std::uint32_t i = way.fulfilments.first; i < way.fulfilments.first + way.fulfilments.count; ++i) {
      const FulfilmentRow& fulfilment = persona.fulfilments[i];
      if ((one.goals & fulfilment.achieves) != 0 || !certain(fulfilment.probability)) continue;
      if (shows_at_the_end_only(origins, tape, fulfilment.achieves)) continue;  // models/drivers/sweep.cpp
      if (origins.fulfilments[i] != kNoLever) certain_.push_back({Certain::What::fulfilment, k, i});
    }
  }
}

void Crossings::try_certain(std::uint64_t agent, const Tape& tape, Recorder& recorder, const Certain& one, double n,
                            Jumps& jumps) const {
  const PersonaOrigins& origins = origins_.personas[tape.group];
  const MetricRow happened = tape.metrics;
  const auto probability = [&one](PersonaTables& persona) -> double& {
    switch (one.what) {
      case Certain::What::pain: return persona.pains[one.row].probability;
      case Certain::What::resolution: return persona.resolutions[one.row].probability;
      case Certain::What::fulfilment: break;
    }
    return persona.fulfilments[one.row].probability;
  };
  double was = 0;
  Intervention other{.change_visit = one.visit};
  other.change = [&](PersonaTables& persona, bool before_visit) {
    double& here = probability(persona);
    if (before_visit) was = here;
    here = before_visit ? 1 - was : was;
  };
  const auto changed = recorder.had(agent, other);
  if (!changed) return;
  const std::uint32_t lever = one.what == Certain::What::pain         ? origins.pains[one.row].probability
                              : one.what == Certain::What::resolution ? origins.resolutions[one.row].probability
                                                                      : origins.fulfilments[one.row];
  // The derivative is what happens less what does not, whichever of the two was the journey.
  jumps.own.push_back({lever, times(less(happened, *changed), was == 1 ? n : -n)});
}

}  // namespace sojourn::models
