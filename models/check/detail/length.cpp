#include "models/check/detail/length.h"

#include "engine/solve/expected_length.h"

#include <fmt/format.h>

#include <limits>

namespace sojourn::models::detail {
namespace {

/// A check is to end within a second: local loops of any number of states, entangled ones of a thousand or two.
constexpr engine::SolverBudget budget{.numbers = 3e7, .multiplications = 1e9};

/// 1234.5 as "1235", 1e12 as "1e+12".
std::string rounded(double visits) { return fmt::format("{:.4g}", visits); }

}  // namespace

ExpectedLength check_length(const Explored& explored, Places& places, Findings& findings) {
  const States& states = explored.states;
  ExpectedLength length;
  if (!states.not_markov.empty()) {
    length.why_not = states.not_markov;
    return length;
  }
  const engine::ExpectedVisits expected = engine::expected_visits(states.network, budget);
  if (expected.state == engine::ExpectedVisits::State::entangled) {
    length.why_not = "the journey's loops are too large and too dense";
    return length;
  }
  if (expected.state == engine::ExpectedVisits::State::endless) {  // reported as a trap
    length.visits = std::numeric_limits<double>::infinity();
    return length;
  }
  double total = 0;
  std::vector<double> visits(explored.map.touchpoints(), 0.0);
  for (std::uint32_t node = 0; node < states.network.nodes; ++node) {
    if (states.states[node].kind != State::Kind::arriving) continue;
    total += expected.visits[node];
    visits[states.states[node].touchpoint] += expected.visits[node];
  }
  length.visits = total;
  const std::uint32_t limit = explored.map.view().visit_limit;
  if (!(total > 0.5 * limit * (1 + 1e-9))) return length;  // exactly half is not above it
  std::uint32_t most = 0;
  for (std::uint32_t i = 0; i < visits.size(); ++i) {
    if (visits[i] > visits[most]) most = i;
  }
  const std::string& id = explored.map.touchpoint(most).id;
  findings.add({Diagnostic::Severity::warning, places.touchpoint(explored.view, id),
                "a journey takes " + rounded(total) + " visits on average", "",
                "limits.visits cuts it after " + std::to_string(limit) + "; " + rounded(visits[most]) +
                    " of them are at '" + id + "'",
                "Give it a likelier way out, or raise limits.visits"});
  return length;
}

}  // namespace sojourn::models::detail
