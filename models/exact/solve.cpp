#include "models/exact/solve.h"

#include "engine/walk/chunks.h"
#include "models/exact/detail/exact_figures.h"
#include "models/exact/detail/persona_sums.h"

#include <map>

namespace sojourn::models {
namespace {

using namespace exact;

[[noreturn]] void refuse(const DeadEnd& end, const Case& one, const Atlas& atlas, const std::string& persona) {
  const std::string& id = atlas.touchpoints.ids()[end.node];
  Mark mark;
  if (const Tree* touchpoints = one.trees.front().find("touchpoints")) {
    for (const auto& entry : touchpoints->entries) {
      if (entry.key == id) mark = entry.mark;
    }
  }
  Diagnostics diagnostics;
  diagnostics.error(
      mark,
      "some customers like '" + persona + "' are stuck at touchpoint '" + id + "' in '" + one.title +
          "': " + (end.edge ? "every edge is closed to them" : "every channel is barred to them"),
      end.edge ? "each has weight 0 or a guard that is not satisfied" : "each has share 0 or an affinity of 0",
      end.edge ? "Add an edge without a condition" : "Give one of the channels a share and an affinity above 0");
  throw InputError(std::move(diagnostics));
}

}  // namespace

ExactAnswer solve_exactly(const Case& one, const Atlas& atlas, const JourneyTables& tables, const Names& names,
                          int threads) {
  std::vector<double> shares(atlas.personas.size(), 0.0);
  double below = 0;
  for (const auto& [cumulated, group] : tables.shares) {
    shares[group] = (cumulated - below) / tables.shares.back().first;
    below = cumulated;
  }
  Reasons reasons;
  // Of personas that this case lacks and another has, nothing: they make no visit.
  const JourneySums nothing(atlas.layout, atlas.outcomes.size(), atlas.goals.size(), atlas.pains.size());
  std::vector<JourneySums> sums(atlas.personas.size(), nothing);
  engine::ParallelPlan parallel;
  parallel.last_agent = one.views.view_of_persona.size();  // here, what is worked through one by one are personas
  parallel.threads = threads;
  parallel.chunk = 1;
  engine::for_each_chunk(parallel, {}, [&](int, engine::ChunkRange range) {
    const PersonaView view(one, atlas, tables, range.first_agent);
    try {
      sums[view.group()] = persona_sums(view, reasons);
    } catch (const DeadEnd& end) {
      refuse(end, one, atlas, view.persona().id);
    }
  });
  return exact_figures(atlas, names, shares, sums, reasons);
}

}  // namespace sojourn::models
