#include "models/learn/mixture.h"

#include "engine/random/luck.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace sojourn::models {
namespace {

/// ln of the sum of exponentials, and the parts as shares of it.
double log_sum(std::vector<double>& logs) {
  const double most = *std::ranges::max_element(logs);
  double sum = 0;
  for (double& log : logs) sum += log = std::exp(log - most);
  for (double& log : logs) log /= sum;
  return most + std::log(sum);
}

std::vector<std::vector<double>> logs_of(const Mixture& mixture) {
  std::vector<std::vector<double>> logs = mixture.probability;
  for (auto& row : logs) {
    for (double& p : row) p = std::log(p);
  }
  return logs;
}

std::vector<double> log_likelihoods(const Mixture& mixture, const std::vector<std::vector<double>>& logs,
                                    std::span<const Ways::Taken> taken) {
  std::vector<double> sums;
  for (std::size_t z = 0; z < mixture.shares.size(); ++z) {
    double sum = std::log(mixture.shares[z]);
    for (const Ways::Taken& one : taken) sum += static_cast<double>(one.times) * logs[z][one.pair];
    sums.push_back(sum);
  }
  return sums;
}

}  // namespace

Ways::Ways(const ContextMemory& memory, const ContextCounts& counts, const Traces& traces) {
  std::map<std::pair<std::size_t, Symbol>, std::uint32_t> numbers;
  const auto walk = [&](const Trace& trace, auto&& on_pair) {
    std::size_t state = memory.start();
    for (const Step& step : traces.of(trace)) {
      on_pair(std::pair(state, step.symbol));
      state = memory.after(state, step.symbol);
    }
    on_pair(std::pair(state, counts.end()));
  };
  for (const Trace& trace : traces.list) walk(trace, [&](const auto& pair) { numbers.emplace(pair, 0); });
  for (auto& [pair, number] : numbers) {
    number = static_cast<std::uint32_t>(pairs_.size());
    pairs_.push_back({pair.first, pair.second});
  }
  first_.push_back(0);
  std::map<std::uint32_t, float> times;
  for (const Trace& trace : traces.list) {
    times.clear();
    walk(trace, [&](const auto& pair) { times[numbers.at(pair)] += 1; });
    for (const auto& [pair, count] : times) taken_.push_back({pair, count});
    first_.push_back(taken_.size());
  }
}

Mixture mixture_of(const Ways& ways, const std::vector<double>& base, const Responsibilities& responsibilities,
                   const std::vector<bool>& used, double concentration) {
  const std::size_t personas = responsibilities.front().size();
  Mixture to;
  to.shares.assign(personas, 1);  // as if each had one case more
  to.count.assign(personas, std::vector<double>(base.size(), 0));
  double cases = static_cast<double>(personas);
  for (std::size_t i = 0; i < ways.cases(); ++i) {
    if (!used[i]) continue;
    ++cases;
    for (std::size_t z = 0; z < personas; ++z) {
      const double weight = responsibilities[i][z];
      to.shares[z] += weight;
      if (weight == 0) continue;
      for (const Ways::Taken& one : ways.of(i)) to.count[z][one.pair] += weight * static_cast<double>(one.times);
    }
  }
  for (double& share : to.shares) share /= cases;
  to.probability = to.count;
  const auto& pairs = ways.pairs();
  for (std::size_t z = 0; z < personas; ++z) {
    for (std::size_t from = 0, end = 0; from < pairs.size(); from = end) {
      double total = 0;
      for (end = from; end < pairs.size() && pairs[end].state == pairs[from].state; ++end) total += to.count[z][end];
      for (std::size_t pair = from; pair < end; ++pair) {
        to.probability[z][pair] = smoothed(to.count[z][pair], total, base[pair], concentration);
      }
    }
  }
  return to;
}

double nats_of(const Mixture& mixture, const Ways& ways, const std::vector<bool>& used) {
  const auto logs = logs_of(mixture);
  double nats = 0;
  for (std::size_t i = 0; i < ways.cases(); ++i) {
    if (!used[i]) continue;
    std::vector<double> sums = log_likelihoods(mixture, logs, ways.of(i));
    nats -= log_sum(sums);
  }
  return nats;
}

Responsibilities find_personas(const Ways& ways, const std::vector<double>& base, unsigned personas,
                               const std::vector<bool>& used, double concentration, std::uint64_t seed) {
  Responsibilities responsibilities(ways.cases(), std::vector<double>(personas, 1.0 / personas));
  const engine::PlaceKey key = engine::place_key(seed, "learn/personas");
  for (std::size_t i = 0; i < ways.cases(); ++i) {
    // Mostly of one: from equal shares EM would not move at all.
    const double draw = engine::uniform(engine::luck_of(key, i, 0, 0).block(0)[0]);
    for (double& share : responsibilities[i]) share = 0.2 / personas;
    responsibilities[i][static_cast<std::size_t>(draw * personas)] += 0.8;
  }
  constexpr int most_rounds = 100;
  double last = std::numeric_limits<double>::infinity();
  for (int round = 0; round < most_rounds; ++round) {
    const Mixture mixture = mixture_of(ways, base, responsibilities, used, concentration);
    const auto logs = logs_of(mixture);
    double nats = 0;
    for (std::size_t i = 0; i < ways.cases(); ++i) {
      responsibilities[i] = log_likelihoods(mixture, logs, ways.of(i));
      const double log = log_sum(responsibilities[i]);
      if (used[i]) nats -= log;
    }
    if (last - nats < 1e-6 * nats) break;
    last = nats;
  }
  return responsibilities;
}

FoundPersonas choose_personas(const Ways& ways, const std::vector<double>& base,
                              const std::vector<double>& base_held_out, unsigned wanted) {
  constexpr std::uint64_t starts = 3;
  constexpr double worth_it = 0.005;
  std::vector<bool> learned(ways.cases()), held_out(ways.cases());
  const std::vector<bool> all(ways.cases(), true);
  for (std::size_t i = 0; i < ways.cases(); ++i) (i % kFolds == 0 ? held_out : learned)[i] = true;
  const auto best_of = [&](unsigned personas, const std::vector<double>& prior, const std::vector<bool>& used) {
    Responsibilities best;
    double least = std::numeric_limits<double>::infinity();
    for (std::uint64_t seed = 1; seed <= starts; ++seed) {
      Responsibilities found = find_personas(ways, prior, personas, used, kPersonaConcentration, seed);
      const double nats = nats_of(mixture_of(ways, prior, found, used, kPersonaConcentration), ways, used);
      if (nats < least) {
        least = nats;
        best = std::move(found);
      }
    }
    return best;
  };
  const auto held_out_nats = [&](const Responsibilities& of) {
    return nats_of(mixture_of(ways, base_held_out, of, learned, kPersonaConcentration), ways, held_out);
  };
  FoundPersonas found;
  found.responsibilities.assign(ways.cases(), {1.0});
  found.nats = found.nats_of_one = held_out_nats(found.responsibilities);
  if (wanted == 1 || ways.cases() < kFolds) return found;
  const unsigned least = wanted ? wanted : 2, most = wanted ? wanted : kMostPersonas;
  for (unsigned personas = least; personas <= most; ++personas) {
    const double nats = held_out_nats(best_of(personas, base_held_out, learned));
    if (!wanted && nats > (1 - worth_it) * found.nats) break;
    found.nats = nats;
    found.count = personas;
  }
  if (found.count > 1) found.responsibilities = best_of(found.count, base, all);
  return found;
}

}  // namespace sojourn::models
