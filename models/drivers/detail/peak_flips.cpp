#include "models/drivers/detail/peak_flips.h"

#include "models/behaviour/scores.h"
#include "models/drivers/crossings.h"

#include <cmath>

namespace sojourn::models::detail {
namespace {

bool inside(double points) { return points > 0 && points < 10; }

/// The farthest on one side.
struct Side {
  std::size_t visit = PeakFlip::kNone;
  double off = 0;       // points from the anchor
  double variance = 0;  // of what is drawn and reaches it
  void see(std::size_t k, double distance, double its_variance) {
    if (!(distance > off)) return;
    visit = k;
    off = distance;
    variance = its_variance;
  }
};

class Finder {
 public:
  Finder(const PersonaTables& persona, const PersonaOrigins& origins) : persona_(persona), origins_(origins) {}

  PeakFlips find(const Tape& tape) {
    expectation_ = origins_.expectation.half_width;
    const double room_above = 10 - persona_.anchor;
    const double room_below = persona_.anchor;
    const bool equal_room = room_above == room_below;
    PeakFlips result;
    double farthest = -1;
    Side above, below;                         // as remembered
    Side above_before_low, below_before_high;  // before the clamp, up to the first moment at the other end
    bool low_end = false, high_end = false;    // reached
    for (std::size_t k = 0; k < tape.visits.size(); ++k) {
      const TapeVisit& one = tape.visits[k];
      const double moment = one.visit.measures[measure::satisfaction];
      const double off = moment - persona_.anchor;
      const double variance = variance_of(one);
      const double raw_off = raw_moment(one) - persona_.anchor;
      if (std::abs(off) > farthest) {
        farthest = std::abs(off);
        result.peak = k;
      }
      const double remembered_variance = inside(moment) ? variance : 0;
      above.see(k, off, remembered_variance);
      below.see(k, -off, remembered_variance);
      if (!low_end) above_before_low.see(k, raw_off, variance);
      if (!high_end) below_before_high.see(k, -raw_off, variance);
      // The moment at an end is itself no rival of its own end; rivals come before it, and it is on the other side.
      low_end = low_end || moment <= 0;
      high_end = high_end || moment >= 10;
    }
    const auto flip = [&](const Side& up, const Side& down, bool before_clamp, double lead, double variance) {
      PeakFlip& to = result.flips[result.count++];
      to.above = up.visit;
      to.below = down.visit;
      to.before_clamp = before_clamp;
      to.lead = lead;
      to.width = kKernelWidth * std::sqrt(variance);
      to.high = before_clamp ? room_above : above.off;
      to.low = before_clamp ? -room_below : -below.off;
    };
    result.both_ends = equal_room && low_end && high_end;
    if (equal_room && (low_end || high_end)) {
      const Side none;
      if (low_end && above_before_low.off > 0) {
        flip(above_before_low, none, true, above_before_low.off - room_above, above_before_low.variance);
      }
      if (high_end && below_before_high.off > 0) {
        flip(none, below_before_high, true, room_below - below_before_high.off, below_before_high.variance);
      }
    } else if (above.off > 0 && below.off > 0) {
      flip(above, below, false, above.off - below.off, above.variance + below.variance);
    }
    return result;
  }

 private:
  double raw_moment(const TapeVisit& one) const {
    const double q = one.visit.measures[measure::experience];
    const double weighed =
        weighed_disconfirmation(one.visit.measures[measure::disconfirmation], persona_.loss_aversion);
    return persona_.anchor + persona_.performance_weight * (q - persona_.anchor) +
           persona_.disconfirmation_weight * weighed;
  }

  /// Of the moment, by the widths of the experience and of the expectation, which moves on.
  double variance_of(const TapeVisit& one) {
    const bool drawn = !one.visit.given_up && inside(one.visit.measures[measure::experience]);
    const double width = drawn ? origins_.ways[one.way].experience.half_width : 0;
    const double b = persona_.disconfirmation_weight;
    const double own = (persona_.performance_weight + b) * width;
    const double shared = b * expectation_;
    const double kept = (1 - persona_.learning) * expectation_;
    const double learnt = persona_.learning * width;
    expectation_ = std::sqrt(kept * kept + learnt * learnt);
    return own * own + shared * shared;
  }

  const PersonaTables& persona_;
  const PersonaOrigins& origins_;
  double expectation_ = 0;  // width
};

}  // namespace

PeakFlips peak_flips(const Tape& tape, const PersonaTables& persona, const PersonaOrigins& origins) {
  return Finder(persona, origins).find(tape);
}

}  // namespace sojourn::models::detail
