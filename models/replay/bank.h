#pragma once
// Journeys written down once, so that what their answers would be under other numbers can be asked thousands of times without walking
// again (record and replay). What chance decided stays as it was; models/replay/replay.h weighs it by how likely other numbers make it.

#include "engine/walk/walk.h"
#include "models/behaviour/customer.h"
#include "models/replay/numbers.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::models {

struct BankVisit {
  std::uint32_t node = 0;
  std::uint32_t way = 0;  // row of the persona's ways
  std::uint32_t to = 0;   // node or exit that followed
  bool given_up = false;
  bool rated = false;                    // the performance is known: `drawn` is it, pains and recoveries included
  double u = 0.5;                        // what the experience was drawn from
  double z = 0;                          // the same as a normal score
  double drawn = 0;                      // 0..10, before pains
  std::uint64_t pains = 0;               // bit i: the i-th pain row of the way occurred
  std::uint64_t tried = 0, closed = 0;   // resolution rows of the way: had a pain to close, closed it
  std::uint64_t offered = 0, given = 0;  // fulfilment rows of the way: the goal was still open, was achieved
  std::uint64_t goals = 0, open = 0;     // the agent's after the visit
  std::uint32_t path_class = 0;          // of the path so far (models/replay/path_classes.h)

  bool operator==(const BankVisit&) const = default;
};

inline constexpr std::uint32_t kNoSite = ~std::uint32_t{0};

inline constexpr std::uint32_t kBankBatches = 20;

struct BankJourney {
  std::uint32_t group = 0;
  std::uint32_t start = 0;             // row of the persona's start weights
  std::uint32_t first = 0, count = 0;  // of Bank::visits
  std::uint32_t batch = 0;             // below kBankBatches: what could have been a smaller bank of its own
  std::uint32_t own_site = kNoSite;    // of a respondent's own path: where its answer is asked for
  double u_expectation = 0.5, z_expectation = 0;
  double expectation = 0;             // drawn from them
  std::uint64_t goals = 0, open = 0;  // at the end
  std::uint32_t path_class = 0;       // of the whole path

  bool operator==(const BankJourney&) const = default;
};

struct Bank {
  std::vector<BankVisit> visits;
  std::vector<BankJourney> journeys;  // by persona, then batch
  std::uint64_t walked = 0;           // agents that were looked at for them
};

/// The first `journeys` agents of each persona, walked. Throws engine::NoWayOn. Agents are taken in order, so a bank's journeys are the
/// first ones of a larger bank's, persona by persona.
Bank record_bank(const Customer& customer, const engine::PlaceKeys& keys, std::size_t scores, std::uint32_t journeys);

}  // namespace sojourn::models
