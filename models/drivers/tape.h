#pragma once
// One agent's journey written down, so that it can be gone through backwards.

#include "engine/walk/walk.h"
#include "models/behaviour/customer.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace sojourn::models {

/// What derivatives are taken of.
enum class DriverMetric : std::size_t { nps, satisfaction, success, cost, value };
inline constexpr std::size_t kDriverMetrics = 5;
/// One more column goes along: how far apart a lever moves two moments that are equally far from the anchor. Where that is not
/// 0 the peak jumps, and there is no derivative.
inline constexpr std::size_t kTie = kDriverMetrics;
inline constexpr std::size_t kColumns = kDriverMetrics + 1;
using MetricRow = std::array<double, kColumns>;

/// A visit, and what the agent brought to it.
struct TapeVisit {
  engine::Visit visit;
  std::uint32_t way = 0;  // row of the persona's ways
  double u_duration = 0.5, u_experience = 0.5, u_patience = 0.5;
  double mood = 0;                    // before
  double cost = 0;                    // before
  std::uint64_t goals = 0, open = 0;  // before
};

struct Tape {
  std::uint32_t group = 0;
  std::uint32_t start = 0;  // node or exit
  double u_expectation = 0.5;
  std::vector<TapeVisit> visits;
  std::array<std::uint8_t, 64> offers{};  // [goal bit] visits that could achieve it; 255 for more
  Traveller end;
  engine::Ending ending;
  MetricRow metrics{};
};

/// What did not happen. Visits are counted from 0.
struct Intervention {
  std::uint32_t clock_visit = 0;  // before this visit the clock is put forward, and it stays so
  std::int64_t clock_ms = 0;
  std::uint32_t change_visit = 0;  // for this visit alone ...
  std::function<void(PersonaTables&, bool before)> change =
      {};  // ... the tables are others: made so before, put back after it
};

/// Walks agents and writes their tapes.
class Recorder {
 public:
  /// The customer's tables are copied.
  Recorder(const Customer& customer, const engine::PlaceKeys& keys, std::size_t scores);

  /// Throws NoWayOn. The tape is valid until the next call.
  const Tape& record(std::uint64_t agent);
  /// The same agent, with the same luck, had one thing been different; nothing where it then finds no way on.
  std::optional<MetricRow> had(std::uint64_t agent, const Intervention& intervention);

  const Customer& customer() const { return customer_; }
  const engine::PlaceKeys& keys() const { return keys_; }

 private:
  Customer customer_;
  const engine::PlaceKeys& keys_;
  engine::Ordinals ordinals_;
  std::vector<std::int64_t> scores_;
  Tape tape_;
};

}  // namespace sojourn::models
