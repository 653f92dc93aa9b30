#include "models/replay/bank.h"

#include "engine/base/contract.h"
#include "models/drivers/tape.h"

#include <algorithm>
#include <bit>

namespace sojourn::models {
namespace {

class Writer {
 public:
  explicit Writer(const JourneyTables& tables) : tables_(tables), normal_(pool_.normal(0, 1)) {}

  void write(const Tape& tape, std::vector<BankVisit>& visits, BankJourney& journey) {
    const PersonaTables& persona = tables_.personas[tape.group];
    journey.group = tape.group;
    journey.first = static_cast<std::uint32_t>(visits.size());
    journey.count = static_cast<std::uint32_t>(tape.visits.size());
    journey.u_expectation = tape.u_expectation;
    journey.z_expectation = normal_(tape.u_expectation);
    journey.expectation = persona.expectation(tape.u_expectation);
    journey.goals = tape.end.goals;
    journey.open = tape.end.open;
    while (persona.start[journey.start].second != tape.start) ++journey.start;
    for (const TapeVisit& one : tape.visits) visits.push_back(visit(persona, one));
  }

 private:
  BankVisit visit(const PersonaTables& persona, const TapeVisit& one) const {
    const WayRow& way = persona.ways[one.way];
    BankVisit to;
    to.node = one.visit.node;
    to.way = one.way;
    to.to = one.visit.next;
    to.given_up = one.visit.given_up;
    to.goals = one.visit.states;
    to.open = one.visit.more_states;
    if (to.given_up) return to;
    to.u = one.u_experience;
    to.z = normal_(to.u);
    to.drawn = clamp_points(way.experience(to.u));
    std::uint64_t open = one.open;
    for (std::uint32_t i = 0; i < way.pains.count; ++i) {
      const PainRow& pain = persona.pains[way.pains.first + i];
      if ((one.visit.marks >> pain.mark & 1) == 0) continue;
      to.pains |= std::uint64_t{1} << i;
      open |= pain.opens;
    }
    for (std::uint32_t i = 0; i < way.resolutions.count; ++i) {
      const std::uint64_t closes = persona.resolutions[way.resolutions.first + i].closes;
      if ((open & closes) == 0) continue;
      to.tried |= std::uint64_t{1} << i;
      if ((to.open & closes) == 0) to.closed |= std::uint64_t{1} << i;
    }
    for (std::uint32_t i = 0; i < way.fulfilments.count; ++i) {
      const std::uint64_t achieves = persona.fulfilments[way.fulfilments.first + i].achieves;
      if ((one.goals & achieves) != 0) continue;
      to.offered |= std::uint64_t{1} << i;
      if ((to.goals & achieves) != 0) to.given |= std::uint64_t{1} << i;
    }
    return to;
  }

  const JourneyTables& tables_;
  engine::QuantilePool pool_;
  engine::Quantile normal_;
};

}  // namespace

Bank record_bank(const Customer& customer, const engine::PlaceKeys& keys, std::size_t scores, std::uint32_t journeys) {
  const JourneyTables& tables = customer.tables();
  Recorder recorder(customer, keys, scores);
  Writer writer(tables);
  struct OfPersona {
    std::vector<BankVisit> visits;
    std::vector<BankJourney> journeys;
  };
  std::vector<OfPersona> found(tables.personas.size());
  std::vector<bool> travels(tables.personas.size(), false);
  for (std::size_t i = 0; i < tables.shares.size(); ++i) {
    const double below = i == 0 ? 0 : tables.shares[i - 1].first;
    if (tables.shares[i].first > below) travels[tables.shares[i].second] = true;
  }
  std::size_t open = static_cast<std::size_t>(std::ranges::count(travels, true));
  Bank bank;
  for (std::uint64_t agent = 0; open > 0; ++agent) {
    const auto who = customer.begin(engine::luck_of(keys.agent, agent, keys.seed.replicate, 0)).group;
    OfPersona& to = found[who];
    if (to.journeys.size() == journeys) continue;
    ++bank.walked;
    const auto number = static_cast<std::uint64_t>(to.journeys.size());
    BankJourney& journey = to.journeys.emplace_back();
    journey.batch = static_cast<std::uint32_t>(number * kBankBatches / journeys);
    writer.write(recorder.record(agent), to.visits, journey);
    if (to.journeys.size() == journeys) --open;
  }
  for (OfPersona& one : found) {
    const auto offset = static_cast<std::uint32_t>(bank.visits.size());
    for (BankJourney& journey : one.journeys) journey.first += offset;
    bank.visits.insert(bank.visits.end(), one.visits.begin(), one.visits.end());
    bank.journeys.insert(bank.journeys.end(), one.journeys.begin(), one.journeys.end());
  }
  return bank;
}

}  // namespace sojourn::models
