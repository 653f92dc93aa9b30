#include "models/crowd/seats.h"

#include "models/behaviour/customer.h"

#include <algorithm>

namespace sojourn::models {

CrowdSeats::CrowdSeats(const engine::Layout& layout, std::uint32_t scenarios, std::uint32_t seats)
    : layout_(layout),
      size_(scenarios + 1),
      row_(engine::in_eights(layout.scores)),
      parted_(seats, 0),
      under_way_(seats, 0),
      changes_(scenarios, 0),
      pairs_(scenarios * layout.groups.size(), engine::PartedSums(layout)),
      base_endings_(pairs_.size(), engine::EndingSums(layout)),
      parted_endings_(scenarios, engine::Tally(layout)) {
  if (scenarios > 0) {
    nodes_.resize(slots());
    endings_.resize(slots());
    scores_.resize(slots() * row_);
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

void CrowdSeats::send_for(std::uint32_t slot) const {
  constexpr std::size_t kLine = 8;  // words
  const std::uint32_t seat = slot / size_;
  if (parted_[seat] == 0) return;
  const auto row = [&](std::uint32_t one) {
    __builtin_prefetch(&endings_[one]);
    for (std::size_t i = 0; i < row_; i += kLine) __builtin_prefetch(&scores_[one * row_ + i]);
  };
  row(slot);
  if (under_way_[seat] > 1) return;
  for (std::uint32_t one = seat * size_; one < (seat + 1) * size_; ++one) {
    if (one != slot && (one % size_ == 0 || has_parted(one, one % size_ - 1))) row(one);
  }
}

bool CrowdSeats::leave(std::uint32_t slot, const engine::Ending& ending, const std::int64_t* scores) {
  const std::uint32_t seat = slot / size_;
  if (parted_[seat] != 0) {
    endings_[slot] = ending;
    std::copy_n(scores, row_, scores_.data() + slot * row_);
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
  const std::int64_t* base = scores_.data() + first * row_;
  const std::int64_t* other = scores_.data() + there * row_;
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

  const std::size_t at = scenario * layout_.groups.size() + group;
  engine::PairTally& pair = tallies.pairs[scenario];
  pair.add_parted({endings_[first], endings_[there], nodes_[there], base, other}, pairs_[at]);
  const std::span of_base(base, layout_.scores), of_other(other, layout_.scores);
  for (std::uint32_t i = 0; i < Customer::kPairScores; ++i) {
    pair.add_pair_score_parted(i, Customer::pair_score(i, of_base, of_base),
                               Customer::pair_score(i, of_base, of_other));
  }
  base_endings_[at].add(endings_[first], base, parted_endings_[scenario].endings_of(group));
}

void CrowdSeats::finish(engine::Tallies& tallies) {
  const std::size_t groups = layout_.groups.size();
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    tallies.pairs[i / groups].move_parted(i % groups, pairs_[i]);
    base_endings_[i].move_to(parted_endings_[i / groups].endings_of(i % groups));
  }
}

}  // namespace sojourn::models
