// Law: nobody is lost and nobody is counted twice. All of it holds in the integers that are summed, so it is exact.

#include "tests/support/cases.h"
#include "tests/support/property.h"
#include "tests/support/walked.h"

#include "models/behaviour/scores.h"

#include <fmt/format.h>

namespace sojourn::tests {
namespace {

namespace score = models::score;

constexpr std::uint64_t kAgents = 800;

std::string text(engine::Sum sum) { return fmt::format("{}", static_cast<double>(sum)); }

/// Sums of one case over all of its agents.
class Sums {
 public:
  Sums(const models::Experiment& experiment, const engine::Tallies& tallies, std::size_t case_index)
      : atlas_(experiment.atlas()), tally_(tallies.cases[case_index].pooled()) {}

  engine::Sum score(std::uint32_t i) const { return tally_.scores[i].sum; }
  engine::Sum visits(std::uint32_t site) const { return tally_.sites[site].visits.a.sum; }
  engine::Sum flow(std::uint32_t site, std::uint32_t target) const {
    const engine::Site& at = atlas_.layout.sites[site];
    const auto& targets = atlas_.layout.nodes[at.node].targets;
    for (std::uint32_t i = 0; i < targets.size(); ++i) {
      if (targets[i] == target) return tally_.flows[at.first_flow + i].a.sum;
    }
    return 0;
  }
  engine::Sum flow_out(std::uint32_t site) const {
    engine::Sum sum = 0;
    for (std::uint32_t target = 0; target < atlas_.touchpoints.size() + atlas_.outcomes.size(); ++target)
      sum += flow(site, target);
    return sum;
  }
  const models::Atlas& atlas() const { return atlas_; }
  std::uint64_t agents() const { return tally_.agents; }

 private:
  const models::Atlas& atlas_;
  engine::GroupTally tally_;
};

/// The first law that a case breaks.
std::string broken_in(const Sums& sums, const std::vector<std::int64_t>& started,
                      const std::vector<std::int64_t>& cut_before) {
  const models::Atlas& atlas = sums.atlas();
  const engine::Sum all = static_cast<engine::Sum>(sums.agents()) * models::kOne;
  const std::uint32_t nodes = atlas.touchpoints.size();
  if (sums.agents() != kAgents) return "agents are missing";

  for (std::uint32_t node = 0; node < nodes; ++node) {
    const engine::NodeLayout& layout = atlas.layout.nodes[node];
    const std::uint32_t site = layout.first_site;
    engine::Sum in = started[node] - cut_before[node];
    for (std::uint32_t from = 0; from < nodes; ++from) in += sums.flow(atlas.layout.nodes[from].first_site, node);
    if (in != sums.visits(site))
      return layout.name + ": " + text(in) + " come in, " + text(sums.visits(site)) + " are there";
    if (sums.flow_out(site) != sums.visits(site)) return layout.name + ": who is there and who goes on differ";
    if (layout.ways.empty()) continue;
    engine::Sum by_channel = 0;
    for (std::uint32_t way = 1; way <= layout.ways.size(); ++way) {
      by_channel += sums.visits(site + way);
      if (sums.flow_out(site + way) != sums.visits(site + way)) return layout.name + ": a channel loses visits";
    }
    // A case in which the touchpoint is plain has visits through no channel.
    if (by_channel != sums.visits(site) && by_channel != 0) return layout.name + ": channels and visits differ";
  }
  for (std::uint32_t exit = 0; exit < atlas.outcomes.size(); ++exit) {
    engine::Sum in = started[nodes + exit];
    for (std::uint32_t from = 0; from < nodes; ++from)
      in += sums.flow(atlas.layout.nodes[from].first_site, nodes + exit);
    if (in * models::kOne != sums.score(score::fixed_count + exit)) return "outcome " + atlas.outcomes.ids()[exit];
  }

  engine::Sum ends = sums.score(score::truncated);
  for (std::uint32_t exit = 0; exit < atlas.outcomes.size(); ++exit) ends += sums.score(score::fixed_count + exit);
  if (ends != all) return "outcomes and truncated are not everybody";
  engine::Sum answers = 0;
  engine::Sum mean = 0;
  for (std::uint32_t k = 0; k < 11; ++k) {
    answers += sums.score(score::answer_0 + k);
    mean += k * sums.score(score::answer_0 + k);
  }
  if (answers != all) return "the answers are not everybody's";
  if (mean != sums.score(score::answer)) return "the mean answer is not that of the answers";
  const engine::Sum promoters = sums.score(score::promoters);
  const engine::Sum detractors = sums.score(score::detractors);
  if (promoters + detractors + sums.score(score::passives) != all) return "the classes are not everybody";
  if (100 * (promoters - detractors) != sums.score(score::nps)) return "NPS is not promoters less detractors";
  if (sums.score(score::answer_0 + 9) + sums.score(score::answer_0 + 10) != promoters)
    return "promoters do not answer 9 or 10";
  return "";
}

std::string broken_in_pair(const engine::PairTally& pair, const Sums& base, const Sums& changed) {
  engine::Sum by_first_change = 0;
  for (const engine::Moments& moments : pair.by_first_change()) by_first_change += moments.sum;
  if (by_first_change != changed.score(score::nps) - base.score(score::nps)) {
    return "the changes by touchpoint are not the change of NPS";
  }
  const std::uint32_t classes[] = {score::detractors, score::passives, score::promoters};
  for (std::size_t i = 0; i < 3; ++i) {
    engine::Sum row = 0;
    engine::Sum column = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      row += pair.pair_scores()[3 * i + j].sum;
      column += pair.pair_scores()[3 * j + i].sum;
    }
    if (row != base.score(classes[i])) return fmt::format("row {} of the flips is not the base's class", i);
    if (column != changed.score(classes[i]))
      return fmt::format("column {} of the flips is not the scenario's class", i);
  }
  return "";
}

TEST(Conservation, nobody_is_lost) {
  int checked = 0;
  int cut = 0;
  for_all(100, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    const models::Case base = case_of(what_if.journey.text);
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    const models::Experiment experiment({&base, &changed});
    models::RunPlan plan;
    plan.agents = kAgents;
    std::optional<engine::Tallies> tallies;
    try {
      tallies = experiment.run(plan);
    } catch (const models::InputError&) {
      return "";  // somebody is stuck
    }
    for (std::size_t c = 0; c < 2; ++c) {
      const std::size_t places = experiment.atlas().touchpoints.size() + experiment.atlas().outcomes.size();
      std::vector<std::int64_t> started(places, 0);     // [node or exit]
      std::vector<std::int64_t> cut_before(places, 0);  // [node] that a truncated agent would have come to next
      AgentWalker walker(experiment, c);
      for (std::uint64_t agent = 0; agent < kAgents; ++agent) {
        const Walked walked = walker.walk(agent);
        ++started[walked.visits.empty() ? walked.ending.exit : walked.visits.front().node];
        if (walked.ending.truncated) ++cut_before[walked.visits.back().next];
        cut += walked.ending.truncated;
      }
      const std::string broken = broken_in(Sums(experiment, *tallies, c), started, cut_before);
      if (!broken.empty()) return fmt::format("case {}: {}", c, broken);
    }
    ++checked;
    return broken_in_pair(tallies->pairs[0], Sums(experiment, *tallies, 0), Sums(experiment, *tallies, 1));
  });
  EXPECT_GT(checked, 70);
  EXPECT_GT(cut, 1'000);
}

}  // namespace
}  // namespace sojourn::tests
