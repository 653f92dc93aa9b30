#include "models/replay/own_bank.h"

#include "engine/random/luck.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

/// Uniforms of one path's journey, one after the other.
class PathLuck {
 public:
  PathLuck(engine::PlaceKey key, std::size_t path, std::uint32_t journey)
      : luck_(engine::luck_of(key, path, 0, journey)) {}
  double next() {
    if (at_ % 4 == 0) block_ = luck_.block(at_ / 4);
    return engine::uniform(block_[at_++ % 4]);
  }

 private:
  engine::Luck luck_;
  engine::Block block_{};
  std::uint32_t at_ = 0;
};

class Drawer {
 public:
  Drawer(const JourneyTables& tables, std::span<const std::uint32_t> node_of, std::span<const std::uint32_t> group_of,
         std::uint64_t seed)
      : tables_(tables),
        node_of_(node_of),
        group_of_(group_of),
        key_(engine::place_key(seed, "own paths")),
        normal_(pool_.normal(0, 1)) {}

  void draw(const OwnPath& path, std::size_t number, std::uint32_t batch, std::vector<BankVisit>& visits,
            BankJourney& to) const {
    PathLuck luck(key_, number, batch);
    // One stratum of the first expectation for each of a path's journeys, in another order for each path: a batch is to be a small bank, not
    // everybody's lowest expectation.
    PathLuck shared(key_, number, kBankBatches);
    const double shift = shared.next();
    const auto turned = static_cast<std::uint32_t>(shared.next() * kBankBatches);
    const double spread = ((batch + turned) % kBankBatches + shift) / kBankBatches;
    to.batch = batch;
    to.own_site = static_cast<std::uint32_t>(number);
    to.group = path.persona == kNotSaid ? somebody(luck.next()) : group_of_[path.persona];
    const PersonaTables& persona = tables_.personas[to.group];
    to.u_expectation = std::clamp(spread, 0x1p-33, 1 - 0x1p-33);
    to.z_expectation = normal_(to.u_expectation);
    to.expectation = persona.expectation(to.u_expectation);
    to.first = static_cast<std::uint32_t>(visits.size());
    for (const Stop& stop : path.stops) {
      if (persona.stops[node_of_[stop.touchpoint]].ways.count > 0) visits.push_back(visit(persona, stop, luck, to));
    }
    to.count = static_cast<std::uint32_t>(visits.size()) - to.first;
  }

 private:
  std::uint32_t somebody(double u) const {
    for (const auto& [cumulated, group] : tables_.shares) {
      if (u * tables_.shares.back().first < cumulated) return group;
    }
    return tables_.shares.back().second;
  }

  BankVisit visit(const PersonaTables& persona, const Stop& stop, PathLuck& luck, BankJourney& journey) const {
    BankVisit to;
    to.node = node_of_[stop.touchpoint];
    const StopRow& row = persona.stops[to.node];
    const double threshold = luck.next() * row.way_total;
    to.way = row.ways.first;
    while (to.way + 1 < row.ways.first + row.ways.count && !(threshold < persona.ways[to.way].cumulated_share))
      ++to.way;
    const WayRow& way = persona.ways[to.way];
    to.u = luck.next();
    to.z = normal_(to.u);
    to.rated = !std::isnan(stop.performance);
    to.drawn = to.rated ? stop.performance : clamp_points(way.experience(to.u));
    for (std::uint32_t i = 0; i < way.pains.count; ++i) {
      const PainRow& pain = persona.pains[way.pains.first + i];
      const double u = luck.next();
      if (pain.after_ms != PainRow::kNever || !(u < pain.probability)) continue;
      to.pains |= std::uint64_t{1} << i;
      journey.open |= pain.opens;
    }
    for (std::uint32_t i = 0; i < way.resolutions.count; ++i) {
      const ResolutionRow& resolution = persona.resolutions[way.resolutions.first + i];
      const double u = luck.next();
      if ((journey.open & resolution.closes) == 0) continue;
      to.tried |= std::uint64_t{1} << i;
      if (!(u < resolution.probability)) continue;
      to.closed |= std::uint64_t{1} << i;
      journey.open &= ~resolution.closes;
    }
    for (std::uint32_t i = 0; i < way.fulfilments.count; ++i) {
      const FulfilmentRow& fulfilment = persona.fulfilments[way.fulfilments.first + i];
      if (luck.next() < fulfilment.probability) journey.goals |= fulfilment.achieves;
    }
    to.goals = journey.goals;
    to.open = journey.open;
    return to;
  }

  const JourneyTables& tables_;
  std::span<const std::uint32_t> node_of_, group_of_;
  engine::PlaceKey key_;
  engine::QuantilePool pool_;
  engine::Quantile normal_;
};

}  // namespace

Bank own_bank(const JourneyTables& tables, std::span<const OwnPath> paths, std::span<const std::uint32_t> node_of,
              std::span<const std::uint32_t> group_of, std::uint64_t seed) {
  const Drawer drawer(tables, node_of, group_of, seed);
  Bank bank;
  for (std::uint32_t batch = 0; batch < kBankBatches; ++batch) {
    for (std::size_t i = 0; i < paths.size(); ++i)
      drawer.draw(paths[i], i, batch, bank.visits, bank.journeys.emplace_back());
  }
  std::ranges::stable_sort(bank.journeys, {}, [](const BankJourney& one) { return std::pair(one.group, one.batch); });
  bank.walked = bank.journeys.size();
  return bank;
}

UsualOrder usual_order(const Bank& bank, std::span<const std::uint32_t> node_of,
                       std::span<const std::uint32_t> group_of) {
  struct Sums {
    double places = 0, count = 0;
  };
  const std::size_t nodes = node_of.size();
  std::vector<std::vector<Sums>> sums(group_of.size() + 1, std::vector<Sums>(nodes));
  std::vector<std::uint32_t> persona_of(group_of.size()),
      touchpoint_of(*std::ranges::max_element(node_of) + 1, kNotSaid);
  for (std::uint32_t p = 0; p < group_of.size(); ++p) persona_of[group_of[p]] = p;
  for (std::uint32_t t = 0; t < nodes; ++t) touchpoint_of[node_of[t]] = t;
  for (const BankJourney& journey : bank.journeys) {
    std::vector<bool> seen(nodes, false);
    for (std::uint32_t k = 0; k < journey.count; ++k) {
      const std::uint32_t t = touchpoint_of[bank.visits[journey.first + k].node];
      if (t == kNotSaid || seen[t]) continue;
      seen[t] = true;
      for (const std::size_t row : {static_cast<std::size_t>(persona_of[journey.group]), group_of.size()}) {
        sums[row][t].places += k;
        sums[row][t].count += 1;
      }
    }
  }
  UsualOrder order;
  for (const auto& row : sums) {
    auto& to = order.emplace_back();
    for (const Sums& one : row)
      to.push_back(one.count > 0 ? one.places / one.count : std::numeric_limits<double>::quiet_NaN());
  }
  return order;
}

}  // namespace sojourn::models
