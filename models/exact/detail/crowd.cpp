#include "models/exact/detail/crowd.h"

#include "models/exact/detail/product.h"
#include "models/exact/detail/reachable.h"

#include <bit>
#include <cmath>

namespace sojourn::models::exact {
namespace {

/// Lasting pains whose openness S or an experience depends on, beside those that choices ask for.
std::uint64_t felt_pains(const PersonaTables& rows) {
  std::uint64_t pains = 0;
  for (std::size_t p = 0; p < rows.pain_lingering.size(); ++p) {
    if (rows.pain_lingering[p] > 0) pains |= std::uint64_t{1} << p;
  }
  for (const ResolutionRow& row : rows.resolutions) {
    if (row.lift > 0 && row.probability > 0) pains |= row.closes;
  }
  return pains;
}

}  // namespace

CarryPlan carry_plan(const PersonaView& view, const JourneySums& known, Want want) {
  const bool everything = want == Want::everything;
  const PersonaTables& rows = view.rows();
  CarryPlan plan;
  plan.flags = guard_flags(view);
  plan.flags.pains |= felt_pains(rows);
  for (std::size_t g = 0; g < rows.goal_importance.size(); ++g) {
    if (rows.goal_importance[g] > 0 || (everything && !known.goals[g].exact()))
      plan.flags.goals |= std::uint64_t{1} << g;
  }
  for (std::size_t p = 0; p < rows.pain_lingering.size(); ++p) {
    if (everything && !known.open[view.atlas().lasting_pains[p]].exact()) plan.flags.pains |= std::uint64_t{1} << p;
  }
  plan.expectation = rows.disconfirmation_weight != 0;
  plan.peak = rows.memory.peak > 0;
  plan.mean = rows.memory.mean > 0;
  plan.effort = rows.effort_weight > 0;
  for (const SiteSums& site : known.sites) {
    for (const Known& mark : site.marks) plan.marks = plan.marks || (everything && !mark.exact());
  }
  Behind reachable(view);
  for (const auto& [cumulated, to] : rows.start) reachable.spoil(view, to, 0);
  for (std::uint32_t w = 0; w < rows.ways.size(); ++w) {
    if (reachable.nodes[view.way(w).node] == kExact) continue;
    std::vector<const EdgeRow*> edges;
    for (const EdgeRow& edge : edges_of(view, w)) edges.push_back(&edge);
    plan.mood = plan.mood || (!edges.empty() && heeds_mood(view, edges));
    for (const PainRow& row : pains_of(view, w)) {
      if (row.after_ms == PainRow::kNever) continue;
      if (row.severity == 0 && (row.opens & plan.flags.pains) == 0 && !plan.marks) continue;
      plan.elapsed = true;
      if (plan.elapsed_why.empty()) plan.elapsed_why = after_sentence(view, w, row);
    }
  }
  return plan;
}

CarriedKey key_of(const Carried& c) {
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x == 0 ? 0.0 : x); };
  const auto grid = [](double x) { return static_cast<std::uint64_t>(std::llround(x * 0x1p40)); };
  return {{c.node, c.flags.goals, c.flags.pains, bits(c.expectation), bits(c.mood), bits(c.memory.peak),
           grid(c.memory.weighted), grid(c.memory.weight), grid(c.effort), static_cast<std::uint64_t>(c.elapsed_ms)}};
}

std::size_t HashCarried::operator()(const CarriedKey& key) const {
  std::uint64_t h = 0;
  for (const std::uint64_t word : key.words) {
    h = (h ^ word) * 0x9e3779b97f4a7c15U;
    h ^= h >> 32;
  }
  return static_cast<std::size_t>(h);
}

}  // namespace sojourn::models::exact
