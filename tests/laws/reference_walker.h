#pragma once
// One agent's journey, step by step as "What happens to one agent" in models/README.md tells it: no tables, no blocks of
// agents, ids instead of numbers. The engine must give the same bits (reference_test.cpp); a person can read this one.

#include "engine/random/luck.h"
#include "engine/random/quantile.h"
#include "models/journey/journey.h"

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace sojourn::tests {

struct ReferenceVisit {
  std::string touchpoint;
  std::string channel;  // empty where the touchpoint has none
  std::string next;     // touchpoint or outcome
  bool given_up = false;
  bool drop_off = false;  // next is an outcome without success
  std::int64_t arrived_ms = 0;
  std::int64_t duration_ms = 0;  // the patience if given up
  double experience = 0;         // q, final
  double expectation = 0;        // e before the visit
  double disconfirmation = 0;    // d
  double satisfaction = 0;       // m
  double mood = 0;               // s after the visit
  double pain_loss = 0;          // what the pains took off q
  double effort = 0;             // totals after the visit
  double cost = 0;
  std::set<std::string> pains;       // that occurred here
  std::set<std::string> open_pains;  // after the visit
  std::set<std::string> goals;       // achieved by now
};

struct ReferenceJourney {
  std::string persona;
  std::vector<ReferenceVisit> visits;
  bool truncated = false;
  std::string outcome;  // empty if truncated
  bool success = false;
  double value = 0;
  std::int64_t elapsed_ms = 0;
  double effort = 0;
  double cost = 0;
  std::set<std::string> goals;
  std::set<std::string> open_pains;
  double satisfaction = 0;           // S
  std::array<double, 10> at_most{};  // [k] P(answer <= k)
};

/// No open edge, or no channel for this persona.
struct ReferenceStuck : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ReferenceWalker {
 public:
  /// The views must outlive the walker.
  explicit ReferenceWalker(const models::JourneyViews& views, std::uint64_t seed = 1, std::uint32_t replicate = 0)
      : views_(views), seed_(seed), replicate_(replicate) {}

  ReferenceJourney walk(std::uint64_t agent);

 private:
  struct Agent;
  const models::Journey& view(std::size_t persona) const { return views_.views[views_.view_of_persona[persona]]; }
  double draw(const models::Distribution& distribution, double u);
  std::int64_t draw_ms(const models::Distribution& distribution, double u);
  ReferenceVisit visit(Agent& agent, const models::Touchpoint& touchpoint, const engine::Luck& luck);
  void live_through(Agent& agent, const models::Way& way, const engine::Luck& luck, double u_experience,
                    ReferenceVisit& visit);
  std::string choose_next(const Agent& agent, const models::Way& way, double u) const;

  const models::JourneyViews& views_;
  std::uint64_t seed_;
  std::uint32_t replicate_;
  engine::QuantilePool pool_;
  std::map<const models::Distribution*, engine::Quantile> quantiles_;
};

}  // namespace sojourn::tests
