#include "models/calibrate/likelihood.h"

#include "engine/base/contract.h"
#include "engine/walk/chunks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace sojourn::models {
namespace {

constexpr std::size_t kParts =
    16;  // of the bank, whatever the number of threads: the order of sums must not hang on it
constexpr std::size_t kLargeParts = 8;  // where each part's sums are large

constexpr double kNever = 1e-280;  // a probability so small that its logarithm has no digits left

bool is_beta_that_moves(Distribution::Family family, const std::vector<std::uint32_t>& moves, std::uint32_t number) {
  return family == Distribution::Family::beta && moves[number] != Replay::kFixed;
}

}  // namespace

/// One persona after the other, replayed block by block.
class BankLikelihood::Walker {
 public:
  Walker(const BankLikelihood& of, const Under& under) : of_(of), under_(under), replays_(of.numbers_.size()) {}

  /// `body(replay, journey, visits, answers)` for each journey of the block.
  template <class Body>
  void go(const Block& block, const Body& body) {
    for (std::uint32_t j = block.first; j < block.last; ++j) {
      const BankJourney& journey = of_.bank_.journeys[j];
      const std::span visits(of_.bank_.visits.data() + journey.first, journey.count);
      Replay& replay = of(journey.group);
      const std::span then = j + 1 < of_.answers_from_.size() ? of_.answers_of(j) : std::span<const Replay::Answer>();
      if (replay.only_answers_move() && !then.empty()) {
        body(replay, journey, visits, then);
        continue;
      }
      const std::span<Replay::Answer> answers = replay.forward(journey, visits);
      for (std::size_t i = 0; i < then.size(); ++i) answers[i].log_weight_then = then[i].log_weight;
      body(replay, journey, visits, answers);
    }
  }

 private:
  Replay& of(std::uint32_t group) {
    if (!replays_[group]) {
      replays_[group].emplace(of_.tables_, group, of_.numbers_[group], of_.sites_[group], of_.moves_[group],
                              of_.peak_width_);
      replays_[group]->set(under_.numbers[group], under_.betas[group]);
    }
    return *replays_[group];
  }

  const BankLikelihood& of_;
  const Under& under_;
  std::vector<std::optional<Replay>> replays_;  // [group]
};

BankLikelihood::BankLikelihood(const Bank& bank, const JourneyTables& tables,
                               const std::vector<PersonaNumbers>& numbers, std::vector<AnswerSites> sites,
                               std::size_t site_count, const std::vector<CalibrationParameter>& parameters,
                               const Eigen::VectorXd& values, std::vector<LikelihoodCell> cells, double peak_width)
    : bank_(bank),
      tables_(tables),
      numbers_(numbers),
      sites_(std::move(sites)),
      site_count_(site_count),
      parameters_(parameters.size()),
      peak_width_(peak_width),
      cells_(std::move(cells)) {
  std::map<std::pair<std::uint32_t, double>, std::uint32_t> known;
  std::map<std::tuple<double, double, double>, std::shared_ptr<const BetaByMean>> tables_of_betas;
  for (const PersonaNumbers& persona : numbers_) {
    auto& moves = moves_.emplace_back(persona.plan.count, Replay::kFixed);
    auto& betas = betas_.emplace_back(persona.experience.size() + 1);
    for (const NumberLink& link : persona.links) {
      SOJOURN_EXPECT(moves[link.number] == Replay::kFixed, "a number follows one address");
      const auto [place, is_new] =
          known.try_emplace({link.parameter, link.slope}, static_cast<std::uint32_t>(places_.size()));
      if (is_new) places_.push_back({link.parameter, link.slope});
      moves[link.number] = place->second;
    }
    const auto beta = [&](std::size_t place, Distribution::Family family, std::uint32_t number) {
      if (!is_beta_that_moves(family, moves, number)) return;
      const auto link = std::ranges::find(persona.links, number, &NumberLink::number);
      const Range& range = parameters[link->parameter].prior.range;
      const double sd = persona.values[number + 1];
      // Where a beta of this width can be: mean (10 - mean) > sd^2, and a little inside.
      const double reach = 5 * std::sqrt(1 - sd * sd / 25);
      const double ends[2] = {link->slope * std::max(range.low, -1e3) + link->intercept,
                              link->slope * std::min(range.high, 1e3) + link->intercept};
      const double low = std::max(std::min(ends[0], ends[1]), 5 - 0.999 * reach);
      const double high = std::min(std::max(ends[0], ends[1]), 5 + 0.999 * reach);
      auto& table = tables_of_betas[{low, high, sd}];
      if (!table) table = std::make_shared<BetaByMean>(low, high, sd);
      betas[place] = table;
    };
    for (std::uint32_t w = 0; w < persona.experience.size(); ++w) {
      beta(w, persona.experience[w], persona.plan.way(w, NumberPlan::experience));
    }
    beta(persona.experience.size(), persona.expectation, NumberPlan::expectation);
  }
  const auto& journeys = bank_.journeys;
  for (std::uint32_t j = 0; j < journeys.size(); ++j) {
    const bool same = !blocks_.empty() && journeys[j].group == journeys[blocks_.back().first].group &&
                      journeys[j].batch == journeys[blocks_.back().first].batch;
    if (!same) blocks_.push_back({j, j});
    blocks_.back().last = j + 1;
  }
  const Under here = under(values);
  Walker walker(*this, here);
  std::vector<std::uint32_t> starts = {0};
  for (const Block& block : blocks_) {
    walker.go(block,
              [&](Replay&, const BankJourney&, std::span<const BankVisit>, std::span<const Replay::Answer> answers) {
                answers_.insert(answers_.end(), answers.begin(), answers.end());
                for (Replay::Answer& one : std::span(answers_).last(answers.size()))
                  one.log_weight_then = one.log_weight;
                starts.push_back(static_cast<std::uint32_t>(answers_.size()));
              });
  }
  answers_from_ = std::move(starts);
}

std::span<const Replay::Answer> BankLikelihood::answers_of(std::uint32_t journey) const {
  return std::span(answers_).subspan(answers_from_[journey], answers_from_[journey + 1] - answers_from_[journey]);
}

BankLikelihood::Under BankLikelihood::under(const Eigen::VectorXd& values) const {
  Under result;
  for (std::size_t g = 0; g < numbers_.size(); ++g) {
    auto& numbers = result.numbers.emplace_back(numbers_[g].values);
    for (const NumberLink& link : numbers_[g].links)
      numbers[link.number] = link.slope * values[link.parameter] + link.intercept;
    auto& betas = result.betas.emplace_back(betas_[g].size());
    for (std::size_t place = 0; place < betas.size(); ++place) {
      if (!betas_[g][place]) continue;
      const bool expectation = place + 1 == betas.size();
      const std::uint32_t number =
          expectation ? static_cast<std::uint32_t>(NumberPlan::expectation)
                      : numbers_[g].plan.way(static_cast<std::uint32_t>(place), NumberPlan::experience);
      betas[place] = betas_[g][place]->at(numbers[number]);
    }
  }
  return result;
}

/// What no bound of a single parameter keeps: thresholds that rise, uniforms from low to high, betas with room for their width.
bool BankLikelihood::is_possible(const Under& under) const {
  using Family = Distribution::Family;
  for (std::size_t g = 0; g < numbers_.size(); ++g) {
    const std::vector<double>& v = under.numbers[g];
    for (std::uint32_t k = NumberPlan::thresholds + 1; k < NumberPlan::thresholds + 10; ++k) {
      if (!(v[k] > v[k - 1])) return false;
    }
    const PersonaNumbers& persona = numbers_[g];
    for (std::uint32_t w = 0; w < persona.experience.size(); ++w) {
      const std::uint32_t first = persona.plan.way(w, NumberPlan::experience);
      if (persona.experience[w] == Family::uniform && !(v[first] < v[first + 1])) return false;
      if (betas_[g][w] && !betas_[g][w]->holds(v[first])) return false;
    }
    if (persona.expectation == Family::uniform && !(v[NumberPlan::expectation] < v[NumberPlan::expectation + 1]))
      return false;
    if (betas_[g].back() && !betas_[g].back()->holds(v[NumberPlan::expectation])) return false;
  }
  return true;
}

template <class Result, class Body>
std::vector<Result> BankLikelihood::in_parts(std::size_t parts, const Under& under, int threads, const Result& empty,
                                             const Body& body) const {
  std::vector<Result> results(parts, empty);
  engine::ParallelPlan plan;
  plan.last_agent = parts;
  plan.threads = threads;
  plan.chunk = 1;
  engine::for_each_chunk(plan, {}, [&](int, engine::ChunkRange range) {
    Result& to = results[range.first_agent];
    Walker walker(*this, under);
    for (std::size_t b = range.first_agent; b < blocks_.size(); b += parts) {
      walker.go(blocks_[b],
                [&](Replay& replay, const BankJourney& journey, std::span<const BankVisit> visits,
                    std::span<const Replay::Answer> answers) { body(to, replay, journey, visits, answers); });
    }
  });
  return results;
}

std::vector<SiteSums> BankLikelihood::sums(const Under& under, int threads) const {
  using Sums = std::vector<SiteSums>;
  const auto add = [](Sums& to, Replay& replay, const BankJourney&, std::span<const BankVisit>,
                      std::span<const Replay::Answer> answers) {
    for (const Replay::Answer& one : answers) replay.add(one, to[one.site]);
  };
  const std::vector<Sums> parts = in_parts(kParts, under, threads, Sums(site_count_, SiteSums{}), add);
  Sums total(site_count_, SiteSums{});
  for (const Sums& part : parts) {
    for (std::size_t s = 0; s < site_count_; ++s) {
      for (std::size_t c = 0; c < kSiteColumns; ++c) total[s][c] += part[s][c];
    }
  }
  return total;
}

ScoreOdds BankLikelihood::share_of(const LikelihoodCell& cell, std::span<const SiteSums> sums) const {
  ScoreOdds share{};
  double weight = 0;
  for (const LikelihoodCell::Part& part : cell.parts) {
    for (std::size_t k = 0; k < kAnswers; ++k) share[k] += part.share * sums[part.site][k];
    weight += part.share * sums[part.site][kAnswers];
  }
  for (double& one : share) one /= weight;
  return share;
}

/// The derivative of the log-likelihood with respect to every site's sums: of n log p, p = sum a A / sum a W.
std::vector<SiteSums> BankLikelihood::adjoints(std::span<const SiteSums> sums) const {
  std::vector<SiteSums> result(site_count_, SiteSums{});
  for (const LikelihoodCell& cell : cells_) {
    const ScoreOdds share = share_of(cell, sums);
    double weight = 0;
    for (const LikelihoodCell::Part& part : cell.parts) weight += part.share * sums[part.site][kAnswers];
    double answers = 0;
    for (const double count : cell.count) answers += count;
    if (answers == 0) continue;
    for (const LikelihoodCell::Part& part : cell.parts) {
      for (std::size_t k = 0; k < kAnswers; ++k) {
        if (cell.count[k] > 0) result[part.site][k] += part.share * cell.count[k] / (share[k] * weight);
      }
      result[part.site][kAnswers] -= part.share * answers / weight;
    }
  }
  return result;
}

LogLikelihood BankLikelihood::at(const Eigen::VectorXd& values, Slope slope, int threads) const {
  const Under here = under(values);
  LogLikelihood result;
  if (!is_possible(here)) {
    result.value = -std::numeric_limits<double>::infinity();
    return result;
  }
  const std::vector<SiteSums> total = sums(here, threads);
  for (const LikelihoodCell& cell : cells_) {
    const ScoreOdds share = share_of(cell, total);
    for (std::size_t k = 0; k < kAnswers; ++k) {
      if (cell.count[k] <= 0) continue;
      if (!(share[k] > kNever)) {
        result.value = -std::numeric_limits<double>::infinity();
        return result;
      }
      result.value += cell.count[k] * engine::log(share[k]);
    }
  }
  if (slope == Slope::no) return result;
  using Gradient = std::vector<std::array<double, 1>>;
  const std::vector<SiteSums> adjoint = adjoints(total);
  const auto add = [&](Gradient& to, Replay& replay, const BankJourney& journey, std::span<const BankVisit> visits,
                       std::span<const Replay::Answer> answers) {
    replay.backward(journey, visits, answers, adjoint, to);
  };
  const std::vector<Gradient> parts = in_parts(kParts, here, threads, Gradient(places_.size()), add);
  result.slope = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(parameters_));
  for (const Gradient& part : parts) {
    for (std::size_t p = 0; p < places_.size(); ++p)
      result.slope[places_[p].parameter] += places_[p].slope * part[p][0];
  }
  return result;
}

std::vector<std::vector<SiteSums>> BankLikelihood::site_slopes(const Under& under, int threads) const {
  using Slopes = std::vector<std::vector<SiteSums>>;
  const auto add = [&](Slopes& to, Replay& replay, const BankJourney& journey, std::span<const BankVisit> visits,
                       std::span<const Replay::Answer> answers) {
    for (const Replay::Answer& one : answers) replay.backward(journey, visits, one, to[one.site]);
  };
  std::vector<Slopes> parts = in_parts(kLargeParts, under, threads,
                                       Slopes(site_count_, std::vector<SiteSums>(places_.size(), SiteSums{})), add);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    for (std::size_t s = 0; s < site_count_; ++s) {
      for (std::size_t p = 0; p < places_.size(); ++p) {
        for (std::size_t c = 0; c < kSiteColumns; ++c) parts[0][s][p][c] += parts[i][s][p][c];
      }
    }
  }
  return std::move(parts[0]);
}

BankLikelihood::Expected BankLikelihood::expected(const Eigen::VectorXd& values, int threads) const {
  const Under here = under(values);
  const std::vector<SiteSums> total = sums(here, threads);
  const std::vector<std::vector<SiteSums>> slopes = site_slopes(here, threads);
  Expected result;
  for (const LikelihoodCell& cell : cells_) {
    const ScoreOdds& share = result.shares.emplace_back(share_of(cell, total));
    Eigen::MatrixXd& slope =
        result.slopes.emplace_back(Eigen::MatrixXd::Zero(kAnswers, static_cast<Eigen::Index>(parameters_)));
    double weight = 0;
    for (const LikelihoodCell::Part& part : cell.parts) weight += part.share * total[part.site][kAnswers];
    for (const LikelihoodCell::Part& part : cell.parts) {
      for (std::size_t p = 0; p < places_.size(); ++p) {
        const SiteSums& own = slopes[part.site][p];
        const double factor = part.share * places_[p].slope / weight;
        for (std::size_t k = 0; k < kAnswers; ++k) {
          slope(static_cast<Eigen::Index>(k), places_[p].parameter) += factor * (own[k] - share[k] * own[kAnswers]);
        }
      }
    }
  }
  return result;
}

std::vector<double> BankLikelihood::site_answers() const {
  std::vector<double> counts(site_count_, 0.0);
  for (const BankJourney& journey : bank_.journeys) {
    const AnswerSites& sites = sites_[journey.group];
    if (journey.own_site != kNoSite) {
      counts[journey.own_site] += 1;
      continue;
    }
    if (sites.end != kNoSite) counts[sites.end + journey.path_class] += 1;
    for (std::uint32_t k = journey.first; k < journey.first + journey.count; ++k) {
      const std::uint32_t site = sites.after[bank_.visits[k].node];
      if (site != kNoSite) counts[site + bank_.visits[k].path_class] += 1;
    }
  }
  return counts;
}

std::vector<ScoreOdds> BankLikelihood::shares(const Eigen::VectorXd& values, int threads, double shift) const {
  Under here = under(values);
  for (std::vector<double>& numbers : here.numbers) numbers[NumberPlan::bias] += shift;
  const std::vector<SiteSums> total = sums(here, threads);
  std::vector<ScoreOdds> list;
  for (const LikelihoodCell& cell : cells_) list.push_back(share_of(cell, total));
  return list;
}

Eigen::MatrixXd BankLikelihood::information(const Expected& expected) const {
  const auto n = static_cast<Eigen::Index>(parameters_);
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    double answers = 0;
    for (const double count : cells_[c].count) answers += count;
    Eigen::MatrixXd scaled = expected.slopes[c];
    for (std::size_t k = 0; k < kAnswers; ++k) {
      scaled.row(static_cast<Eigen::Index>(k)) *= std::sqrt(answers / std::max(expected.shares[c][k], 1e-300));
    }
    sum.noalias() += scaled.transpose() * scaled;
  }
  return sum;
}

Eigen::MatrixXd BankLikelihood::slope_noise(const Eigen::VectorXd& values, int threads) const {
  constexpr double kBatches = kBankBatches;
  const Eigen::MatrixXd influence = slope_influence(values, threads);
  return influence * influence.transpose() / (kBatches * (kBatches - 1));
}

Eigen::VectorXd BankLikelihood::influence(const Eigen::VectorXd& values, int threads) const {
  const Under here = under(values);
  const std::vector<SiteSums> adjoint = adjoints(sums(here, threads));
  // A batch's sums times their derivative; of all sums together that is 0, as they are ratios.
  Eigen::VectorXd influence = Eigen::VectorXd::Zero(kBankBatches);
  Walker walker(*this, here);
  std::vector<SiteSums> own(site_count_);
  for (const Block& block : blocks_) {
    std::ranges::fill(own, SiteSums{});
    walker.go(block, [&](Replay& replay, const BankJourney&, std::span<const BankVisit>,
                         std::span<const Replay::Answer> answers) {
      for (const Replay::Answer& one : answers) replay.add(one, own[one.site]);
    });
    double& to = influence[bank_.journeys[block.first].batch];
    for (std::size_t s = 0; s < site_count_; ++s) {
      for (std::size_t c = 0; c < kSiteColumns; ++c) to += kBankBatches * adjoint[s][c] * own[s][c];
    }
  }
  influence.array() -= influence.mean();
  return influence;
}

Eigen::MatrixXd BankLikelihood::slope_influence(const Eigen::VectorXd& values, int threads) const {
  const Under here = under(values);
  const std::vector<SiteSums> total = sums(here, threads);
  const std::vector<SiteSums> adjoint = adjoints(total);
  const std::vector<std::vector<SiteSums>> slopes = site_slopes(here, threads);
  struct OfBatch {
    std::vector<SiteSums> sums;
    std::vector<std::array<double, 1>> gradient;
  };
  struct Batches {
    std::vector<OfBatch> list;
  };
  const OfBatch empty{std::vector<SiteSums>(site_count_, SiteSums{}),
                      std::vector<std::array<double, 1>>(places_.size())};
  Batches batches{std::vector<OfBatch>(kBankBatches, empty)};
  Walker walker(*this, here);
  for (const Block& block : blocks_) {
    OfBatch& to = batches.list[bank_.journeys[block.first].batch];
    walker.go(block, [&](Replay& replay, const BankJourney& journey, std::span<const BankVisit> visits,
                         std::span<const Replay::Answer> answers) {
      for (const Replay::Answer& one : answers) replay.add(one, to.sums[one.site]);
      replay.backward(journey, visits, answers, adjoint, to.gradient);
    });
  }
  const auto n = static_cast<Eigen::Index>(parameters_);
  constexpr double kBatches = kBankBatches;
  constexpr double kSmall = 1e-4;
  Eigen::MatrixXd influence = Eigen::MatrixXd::Zero(n, kBankBatches);
  for (std::uint32_t b = 0; b < kBankBatches; ++b) {
    // What this batch alone would have made of the slope, to first order: its own slopes under the adjoints of all, and all slopes under the
    // adjoints that move with its sums.
    const OfBatch& batch = batches.list[b];
    std::vector<SiteSums> moved = total;
    for (std::size_t s = 0; s < site_count_; ++s) {
      for (std::size_t c = 0; c < kSiteColumns; ++c)
        moved[s][c] += kSmall * (kBatches * batch.sums[s][c] - total[s][c]);
    }
    const std::vector<SiteSums> moved_adjoint = adjoints(moved);
    for (std::size_t p = 0; p < places_.size(); ++p) {
      double sum = kBatches * batch.gradient[p][0];
      for (std::size_t s = 0; s < site_count_; ++s) {
        for (std::size_t c = 0; c < kSiteColumns; ++c)
          sum += (moved_adjoint[s][c] - adjoint[s][c]) / kSmall * slopes[s][p][c];
      }
      influence(places_[p].parameter, b) += places_[p].slope * sum;
    }
  }
  influence.colwise() -= influence.rowwise().mean().eval();
  return influence;
}

double BankLikelihood::effective_share(const Eigen::VectorXd& values, int threads) const {
  const Under here = under(values);
  struct Weights {
    double sum = 0, squares = 0, count = 0;
  };
  using List = std::vector<Weights>;
  const auto add = [](List& to, Replay&, const BankJourney&, std::span<const BankVisit>,
                      std::span<const Replay::Answer> answers) {
    for (const Replay::Answer& one : answers) {
      const double weight = one.weight();
      to[one.site].sum += weight;
      to[one.site].squares += weight * weight;
      to[one.site].count += 1;
    }
  };
  const std::vector<List> parts = in_parts(kParts, here, threads, List(site_count_), add);
  double least = 1;
  for (std::size_t s = 0; s < site_count_; ++s) {
    Weights all;
    for (const List& part : parts) {
      all.sum += part[s].sum;
      all.squares += part[s].squares;
      all.count += part[s].count;
    }
    if (all.squares > 0) least = std::min(least, all.sum * all.sum / (all.count * all.squares));
  }
  return least;
}

}  // namespace sojourn::models
