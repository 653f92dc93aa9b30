#include "models/crowd/seats.h"

#include "models/behaviour/customer.h"

#include <algorithm>

namespace sojourn::models {

CrowdSeats::CrowdSeats(const engine::Layout& layout, std::uint32_t scenarios, std::uint32_t seats)
    : layout_(layout),
      size_(scenarios + 1),
      parted_(seats, 0),
      under_way_(seats, 0),
      changes_(scenarios, 0),
      pairs_(scenarios * layout.groups.size(), engine::PartedPairs(layout, kPairsAtOnce)),
      parted_endings_(scenarios, engine::Tally(layout)) {
  if (scenarios > 0) {
    nodes_.resize(slots());
    endings_.resize(slots());
    scores_.resize(std::size_t{slots()} * layout.scores);
  }
  for (std::uint32_t seat = seats; seat-- > 0;) free_.push_back(seat);
}

std::uint32_t CrowdSeats::part(std::uint32_t slot, std::uint32_t scenario, std::uint32_t node) {
  const std::uint32_t seat = slot / size_;
  const std::uint32_t there = slot + 1 + scenario;
  parted_[seat] = static_cast<std::uint8_t>(parted_[seat] | 1U << scenario);
  ++under_way_[seat];
  nodes_[there] = node;
  return there;
}

bool CrowdSeats::leave(std::uint32_t slot, const engine::Ending& ending, std::span<const std::int64_t> scores) {
  const std::uint32_t seat = slot / size_;
  if (parted_[seat] != 0) {
    endings_[slot] = ending;
    std::ranges::copy(scores, scores_.begin() + static_cast<std::ptrdiff_t>(slot * scores.size()));
  }
  return --under_way_[seat] == 0;
}

void CrowdSeats::settle(std::uint32_t slot, std::uint16_t* ordinals, engine::Tallies& tallies) {
  const std::uint32_t seat = slot / size_;
  const std::uint32_t first = seat * size_;
  const std::size_t sites = layout_.sites.size();
  const std::size_t scenarios = changes_.size();
  if (parted_[seat] != 0) {
    for (std::uint32_t i = 0; i < scenarios; ++i) {
      changes_[i] = 0;
      if (has_parted(first, i)) add_pair(first, i, ordinals, tallies);
    }
    for (std::size_t i = 0; i < scenarios; ++i) {
      if (changes_[i] == 0) continue;
      tallies.headline_changes[i] += changes_[i];
      ++tallies.headline_movers[i];
      for (std::size_t j = 0; j < scenarios; ++j) {
        tallies.headline_products[i * scenarios + j].add_product(changes_[i], changes_[j]);
      }
    }
    for (std::uint32_t i = 0; i < scenarios; ++i) {
      if (has_parted(first, i)) std::fill_n(ordinals + (first + 1 + i) * sites, sites, std::uint16_t{0});
    }
  }
  if (ordinals != nullptr) std::fill_n(ordinals + first * sites, sites, std::uint16_t{0});
  free_.push_back(seat);
}

void CrowdSeats::add_pair(std::uint32_t first, std::uint32_t scenario, const std::uint16_t* ordinals,
                          engine::Tallies& tallies) {
  const std::uint32_t there = first + 1 + scenario;
  const std::size_t each = layout_.scores;
  const auto scores_of = [&](std::uint32_t slot) {
    return std::span<const std::int64_t>(scores_).subspan(slot * each, each);
  };
  const auto base = scores_of(first);
  const auto other = scores_of(there);
  const std::size_t group = endings_[first].group;
  const std::size_t sites = layout_.sites.size();
  const std::uint16_t* here = ordinals + first * sites;
  const std::uint16_t* others = ordinals + there * sites;
  bool missed = false;
  for (std::size_t s = 0; s < sites; ++s) missed |= (here[s] != 0) & (others[s] == 0);
  for (std::uint32_t s = 0; s < sites && missed; ++s) {
    if (here[s] != 0 && others[s] == 0) tallies.pairs[scenario].add_missed(group, s);
  }
  changes_[scenario] = other[layout_.headline_score] - base[layout_.headline_score];
  // The base's visits were counted for this case, too.
  tallies.visits += endings_[there].visits - std::uint64_t{endings_[first].visits};

  engine::PartedPairs& pairs = pairs_[scenario * layout_.groups.size() + group];
  const auto at = static_cast<std::ptrdiff_t>(pairs.base.size() * each);
  std::ranges::copy(base, pairs.base_scores.begin() + at);
  std::ranges::copy(other, pairs.scenario_scores.begin() + at);
  pairs.base.push_back(endings_[first]);
  pairs.scenario.push_back(endings_[there]);
  pairs.nodes.push_back(nodes_[there]);
  if (pairs.base.size() == kPairsAtOnce) add_pairs(scenario, pairs, tallies);
}

void CrowdSeats::add_pairs(std::uint32_t scenario, engine::PartedPairs& pairs, engine::Tallies& tallies) {
  const std::size_t count = pairs.base.size();
  if (count == 0) return;
  const std::size_t each = layout_.scores;
  engine::PairTally& pair = tallies.pairs[scenario];
  pair.add_parted(pairs);
  const auto base = std::span<const std::int64_t>(pairs.base_scores).first(count * each);
  const auto other = std::span<const std::int64_t>(pairs.scenario_scores).first(count * each);
  for (std::size_t p = 0; p < count; ++p) {
    const auto one = base.subspan(p * each, each);
    for (std::uint32_t i = 0; i < Customer::kPairScores; ++i) {
      pair.add_pair_score_parted(i, Customer::pair_score(i, one, one),
                                 Customer::pair_score(i, one, other.subspan(p * each, each)));
    }
  }
  parted_endings_[scenario].add_endings(pairs.base.front().group, pairs.base, base);
  pairs.base.clear();
  pairs.scenario.clear();
  pairs.nodes.clear();
}

void CrowdSeats::finish(engine::Tallies& tallies) {
  const std::size_t groups = layout_.groups.size();
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    add_pairs(static_cast<std::uint32_t>(i / groups), pairs_[i], tallies);
  }
}

}  // namespace sojourn::models
