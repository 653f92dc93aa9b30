#pragma once
// Where a journey would have jumped, had a time been a little different: deadlines (`after`) and ends of patience. A
// pathwise derivative does not see them, so their part is estimated by the density of the difference at 0, smoothed by a
// kernel, times the jump, which the same agent with the same luck on the other side shows (smoothed perturbation analysis,
// Gong & Ho 1987; Fu & Hu 1997, ch. 2; the kernel as in Hong & Liu 2010, Operations Research 58(2)). And what is certain or
// impossible (probabilities of 1 and 0), whose other branch is tried out (Pflug 1989; phantoms, Bremaud & Vazquez-Abad 1992).

#include "engine/tally/gradient_tally.h"
#include "models/drivers/origins.h"
#include "models/drivers/tape.h"

#include <vector>

namespace sojourn::models {

/// A kernel of fourth order on (-1, 1): its second moment is 0, so that the bias of what it smooths is of the fourth order of
/// its width (Gasser, Mueller & Mammitzsch 1985).
inline double kernel(double x) {
  const double square = x * x;
  if (square >= 1) return 0;
  return 105.0 / 64 * (1 - square) * (1 - square) * (1 - 3 * square);
}

/// Widths of kernels in standard deviations of what they smooth.
inline constexpr double kKernelWidth = 0.2;

/// What moving the time at which visit `visit` ends by one millisecond adds to the metrics, through one deadline.
struct TimeJump {
  std::uint32_t visit = 0;
  MetricRow per_ms{};
};

/// What lengthening the visit relative to the patience adds to the metrics, per unit of the logarithm.
struct PatienceJump {
  std::uint32_t visit = 0;
  MetricRow per_log{};
};

/// What a lever adds by itself.
struct OwnJump {
  std::uint32_t lever = kNoLever;
  MetricRow per_unit{};
};

struct Jumps {
  std::vector<TimeJump> times;
  std::vector<PatienceJump> patience;
  std::vector<OwnJump> own;
  void clear() {
    times.clear();
    patience.clear();
    own.clear();
  }
};

/// Finds the jumps near one agent's journey. Of several it tries out one, drawn by the agent's own luck, and counts it as
/// many times, which is right on average; so an agent costs at most five further journeys, and most cost one or none.
class Crossings {
 public:
  Crossings(const JourneyTables& tables, const Origins& origins) : tables_(tables), origins_(origins) {}

  void find(std::uint64_t agent, const Tape& tape, Recorder& recorder, Jumps& jumps);

 private:
  struct Deadline {
    std::uint32_t visit, from_visit, pain;  // from_visit: the last visit up to it whose length is continuous
    std::int64_t to_deadline_ms;            // what the clock lacks
    double weight;                          // of the kernel
  };
  struct Outlasting {
    std::uint32_t visit;
    double weight;
  };
  struct Certain {
    enum class What { pain, resolution, fulfilment } what;
    std::uint32_t visit, row;
  };

  void deadlines(const Tape& tape);
  void outlastings(const Tape& tape);
  void certainties(const Tape& tape);
  void try_deadline(std::uint64_t agent, const Tape& tape, Recorder& recorder, std::size_t which, double times,
                    Jumps& jumps) const;
  void try_outlasting(std::uint64_t agent, const Tape& tape, Recorder& recorder, const Outlasting& one, double times,
                      Jumps& jumps) const;
  void try_certain(std::uint64_t agent, const Tape& tape, Recorder& recorder, const Certain& one, double times,
                   Jumps& jumps) const;

  const JourneyTables& tables_;
  const Origins& origins_;
  std::vector<Deadline> deadlines_;
  std::vector<std::size_t> moments_;  // the first of the deadlines that are reached at one moment
  std::vector<Outlasting> outlastings_;
  std::vector<Certain> certain_;
};

}  // namespace sojourn::models
