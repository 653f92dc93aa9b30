// The way back through a replayed journey: replay.cpp's steps in reverse order, each handing its derivative to what it was made of.

#include "models/replay/detail/bits.h"
#include "models/replay/replay.h"

#include <algorithm>

namespace sojourn::models {

template <std::size_t K>
class Replay::Sweep {
 public:
  Sweep(Replay& replay, const BankJourney& journey, std::span<const BankVisit> visits, std::span<Column<K>> gradient)
      : r_(replay),
        v_(replay.v_),
        plan_(replay.plan_),
        journey_(journey),
        visits_(visits),
        gradient_(gradient),
        peaks_(peaks_of(replay)) {}

  /// Answers in reverse order: `adjoint(answer)` gives what is done with each.
  template <class Adjoint>
  void run(std::span<const Answer> answers, const Adjoint& adjoint) {
    if (r_.only_answers_move_) {
      for (const Answer& one : answers) answer(one, adjoint(one));
      return;
    }
    peaks_.assign(visits_.size(), Column<K>{});
    std::size_t left = answers.size();
    if (left > 0 && answers[left - 1].at_end) {
      answer(answers[left - 1], adjoint(answers[left - 1]));
      --left;
    }
    // What is behind the last answer that is looked at moves nothing.
    const bool at_end = left < answers.size();
    const auto last = at_end ? visits_.size() : left > 0 ? answers[left - 1].after : 0;
    for (std::size_t k = last; k-- > 0;) {
      const BankVisit& visit = visits_[k];
      if (!visit.given_up && journey_.own_site == kNoSite && (at_end || k + 1 < last)) decisions(visit, k);
      if (left > 0 && answers[left - 1].after == k + 1) {
        answer(answers[left - 1], adjoint(answers[left - 1]));
        --left;
      }
      moment(visit, k);
    }
    beginning();
  }

 private:
  static std::vector<Column<K>>& peaks_of(Replay& replay) {
    if constexpr (K == 1) {
      return replay.peaks_of_one_;
    } else {
      return replay.peaks_of_all_;
    }
  }
  void add(std::uint32_t number, const Column<K>& column, double factor) {
    const std::uint32_t place = r_.moves_[number];
    if (place == kFixed) return;
    Column<K>& to = gradient_[place];
    for (std::size_t c = 0; c < K; ++c) to[c] += factor * column[c];
  }
  static void add_to(Column<K>& to, const Column<K>& column, double factor) {
    for (std::size_t c = 0; c < K; ++c) to[c] += factor * column[c];
  }

  void answer(const Answer& answer, const AnswerAdjoint<K>& adjoint) {
    add_to(log_weight_, adjoint.log_weight, 1);
    add(NumberPlan::bias, adjoint.shift, 1);
    add(NumberPlan::spread, adjoint.spread, 1);
    for (std::uint32_t k = 0; k < 10; ++k) add(NumberPlan::thresholds + k, adjoint.thresholds[k], 1);
    if (r_.only_answers_move_) return;
    const Column<K>& overall = adjoint.shift;
    if (answer.after == 0) return add(NumberPlan::anchor, overall, inside(answer.satisfaction) ? 1 : 0);
    if (!inside(answer.satisfaction)) return;
    const Step& step = r_.steps_[answer.after - 1];
    if (answer.at_end) {
      for (std::uint32_t goal = 0; goal < r_.rows_.goal_importance.size(); ++goal) {
        if ((journey_.goals >> goal & 1) == 0) add(plan_.goals + goal, overall, -1);
      }
    }
    each_bit(answer.at_end ? journey_.open : visits_[answer.after - 1].open,
             [&](std::uint32_t pain) { add(plan_.lingering + pain, overall, -1); });
    add(NumberPlan::effort_weight, overall, -step.effort);
    add_to(effort_, overall, -v_[NumberPlan::effort_weight]);
    const double total = r_.remembered_after(step);
    const double raw = v_[NumberPlan::memory_peak] + v_[NumberPlan::memory_end] + v_[NumberPlan::memory_mean];
    const double mean = step.weight > 0 ? step.weighted / step.weight : v_[NumberPlan::anchor];
    const Peak peak = r_.peak_of(step);
    add(NumberPlan::memory_peak, overall, (peak.value - total) / raw);
    add(NumberPlan::memory_end, overall, (step.satisfaction - total) / raw);
    add(NumberPlan::memory_mean, overall, (mean - total) / raw);
    add_to(peaks_[step.top], overall, r_.memory_peak_ * peak.by_top);
    add_to(peaks_[step.bottom], overall, r_.memory_peak_ * peak.by_bottom);
    add(NumberPlan::anchor, overall, r_.memory_peak_ * peak.by_anchor);
    add_to(peaks_[answer.after - 1], overall, r_.memory_end_);
    if (step.weight > 0) {
      add_to(mean_, overall, r_.memory_mean_ / step.weight);
      add_to(mean_of_means_, overall, r_.memory_mean_ * mean / step.weight);
    } else {
      add(NumberPlan::anchor, overall, r_.memory_mean_);
    }
  }

  /// Goals, and where next.
  void decisions(const BankVisit& visit, std::size_t k) {
    const WayRow& way = r_.rows_.ways[visit.way];
    if (r_.way_chances_[visit.way]) {
      const std::uint32_t first = plan_.fulfilments + way.fulfilments.first;
      each_bit(visit.offered, [&](std::uint32_t i) { chance(first + i, (visit.given >> i & 1) != 0); });
    }
    if (!r_.way_choice_[visit.way]) return;
    const double mood = mood_after(k) - v_[NumberPlan::anchor];
    r_.log_choice(visit, mood);
    double taken = 0;
    double mean_pull = 0;
    double taken_pull = 0;
    for (const auto& [row, chance] : r_.open_edges_) {
      const double pull = v_[plan_.edge(row, NumberPlan::mood)];
      mean_pull += chance * pull;
      if (r_.rows_.edges[row].to != visit.to) continue;
      taken += chance;
      taken_pull += chance * pull;
    }
    for (const auto& [row, chance] : r_.open_edges_) {
      const double score = (r_.rows_.edges[row].to == visit.to ? chance / taken : 0.0) - chance;
      add(plan_.edge(row, NumberPlan::weight), log_weight_, score / v_[plan_.edge(row, NumberPlan::weight)]);
      add(plan_.edge(row, NumberPlan::mood), log_weight_, score * mood);
    }
    const double pull = taken_pull / taken - mean_pull;
    add_to(mood_, log_weight_, pull);
    add(NumberPlan::anchor, log_weight_, -pull);
  }

  double mood_after(std::size_t k) const {
    const Step& step = r_.steps_[k];
    const double importance = v_[plan_.importance + visits_[k].node];
    return step.mood + std::min(1.0, v_[NumberPlan::reactivity] * importance) * (step.satisfaction - step.mood);
  }

  void chance(std::uint32_t number, bool occurred) {
    add(number, log_weight_, occurred ? 1 / v_[number] : -1 / (1 - v_[number]));
  }

  /// Equations (2) to (9) of a visit, backwards.
  void moment(const BankVisit& visit, std::size_t k) {
    const Step& step = r_.steps_[k];
    const WayRow& way = r_.rows_.ways[visit.way];
    const std::uint32_t importance_at = plan_.importance + visit.node;
    const double importance = v_[importance_at];
    add(plan_.way(visit.way, NumberPlan::effort), effort_, 1);
    Column<K> moment = peaks_[k];
    add_to(moment, mean_, importance);
    add(importance_at, mean_, step.satisfaction);
    add(importance_at, mean_of_means_, -1);
    // (7) s' = s + r (m - s), r = min(1, reactivity * importance).
    const double rate = v_[NumberPlan::reactivity] * importance;
    add_to(moment, mood_, std::min(1.0, rate));
    if (rate < 1) {
      add(NumberPlan::reactivity, mood_, importance * (step.satisfaction - step.mood));
      add(importance_at, mood_, v_[NumberPlan::reactivity] * (step.satisfaction - step.mood));
    }
    for (double& m : mood_) m *= 1 - std::min(1.0, rate);
    // (6) e' = e + K (q - e).
    Column<K> experience{};
    add_to(experience, expectation_, v_[NumberPlan::learning]);
    add(NumberPlan::learning, expectation_, step.disconfirmation);
    for (double& e : expectation_) e *= 1 - v_[NumberPlan::learning];
    // (5) m = A + a (q - A) + b g, clamped; g = q - e, or lambda times that below 0.
    if (inside(step.raw)) {
      const double slope = step.disconfirmation >= 0 ? 1 : v_[NumberPlan::loss_aversion];
      const double b = v_[NumberPlan::disconfirmation_weight];
      add_to(experience, moment, v_[NumberPlan::performance_weight] + b * slope);
      add_to(expectation_, moment, -b * slope);
      add(NumberPlan::anchor, moment, 1 - v_[NumberPlan::performance_weight]);
      add(NumberPlan::performance_weight, moment, step.experience - v_[NumberPlan::anchor]);
      add(NumberPlan::disconfirmation_weight, moment, slope * step.disconfirmation);
      if (step.disconfirmation < 0) add(NumberPlan::loss_aversion, moment, b * step.disconfirmation);
    }
    if (r_.way_share_[visit.way] && journey_.own_site == kNoSite) share(visit);
    if (visit.given_up || visit.rated) return;
    performance(visit, way, step, experience);
    if (r_.way_chances_[visit.way]) {
      for (std::uint32_t i = 0; i < way.pains.count; ++i) {
        const std::uint32_t row = way.pains.first + i;
        if (r_.rows_.pains[row].after_ms == PainRow::kNever)
          chance(plan_.pain(row, NumberPlan::probability), (visit.pains >> i & 1) != 0);
      }
      each_bit(visit.tried, [&](std::uint32_t i) {
        chance(plan_.resolution(way.resolutions.first + i, NumberPlan::closing), (visit.closed >> i & 1) != 0);
      });
    }
  }

  /// Equations (2) to (4), backwards: lifts and pains, each clamped, and what was drawn.
  void performance(const BankVisit& visit, const WayRow& way, const Step& step, const Column<K>& experience) {
    if (step.lifted >= 10) return;
    each_bit(visit.closed, [&](std::uint32_t i) {
      add(plan_.resolution(way.resolutions.first + i, NumberPlan::lift), experience, 1);
    });
    if (step.left <= 0) return;
    each_bit(visit.pains, [&](std::uint32_t i) {
      const std::uint32_t severity = plan_.pain(way.pains.first + i, NumberPlan::severity);
      const std::uint32_t sensitivity = plan_.pain(way.pains.first + i, NumberPlan::sensitivity);
      add(severity, experience, -v_[sensitivity]);
      add(sensitivity, experience, -v_[severity]);
    });
    const std::uint32_t first = plan_.way(visit.way, NumberPlan::experience);
    for (std::uint32_t i = 0; i < 3; ++i) add(first + i, experience, step.by_draw[i]);
  }

  void share(const BankVisit& visit) {
    const Slice& ways = r_.rows_.stops[visit.node].ways;
    double total = 0;
    const auto weight = [&](std::uint32_t w) {
      return v_[plan_.way(w, NumberPlan::share)] * v_[plan_.way(w, NumberPlan::affinity)];
    };
    for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) total += weight(w);
    for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
      const double score = (w == visit.way ? 1.0 : 0.0) - weight(w) / total;
      for (const std::uint32_t which : {NumberPlan::share, NumberPlan::affinity}) {
        add(plan_.way(w, which), log_weight_, score / v_[plan_.way(w, which)]);
      }
    }
  }

  void beginning() {
    add(NumberPlan::anchor, mood_, 1);
    for (std::uint32_t i = 0; i < 3; ++i) add(NumberPlan::expectation + i, expectation_, r_.expectation_slopes_[i]);
    if (!r_.start_moves_) return;
    double total = 0;
    for (std::uint32_t i = 0; i < r_.rows_.start.size(); ++i) total += v_[plan_.start + i];
    for (std::uint32_t i = 0; i < r_.rows_.start.size(); ++i) {
      add(plan_.start + i, log_weight_, (i == journey_.start ? 1 / v_[plan_.start + i] : 0.0) - 1 / total);
    }
  }

  Replay& r_;
  const double* v_;
  const NumberPlan& plan_;
  const BankJourney& journey_;
  std::span<const BankVisit> visits_;
  std::span<Column<K>> gradient_;
  // Adjoints of what is carried along, of all answers behind.
  Column<K> log_weight_{}, mood_{}, expectation_{}, effort_{}, mean_{}, mean_of_means_{};
  std::vector<Column<K>>& peaks_;  // [visit] of the moment as a peak or an end
};

void Replay::backward(const BankJourney& journey, std::span<const BankVisit> visits, std::span<const Answer> answers,
                      std::span<const SiteSums> adjoints, std::span<std::array<double, 1>> gradient) {
  const auto adjoint = [&](const Answer& answer) {
    const Shares list = shares(answer.satisfaction);
    const SiteSums& to = adjoints[answer.site];
    const double weight = answer.weight();
    AnswerAdjoint<1> result;
    double sum = to[kAnswers];
    for (std::size_t k = 0; k < kAnswers; ++k) {
      sum += to[k] * list.p[k];
      result.shift[0] += weight * to[k] * list.by_shift[k];
      result.spread[0] += weight * to[k] * list.by_spread[k];
      if (k < 10) result.thresholds[k][0] = weight * (to[k] - to[k + 1]) * list.density[k];
    }
    result.log_weight[0] = weight * sum;
    return result;
  };
  Sweep<1>(*this, journey, visits, gradient).run(answers, adjoint);
}

void Replay::backward(const BankJourney& journey, std::span<const BankVisit> visits, const Answer& answer,
                      std::span<SiteSums> gradient) {
  const auto adjoint = [&](const Answer& one) {
    const Shares list = shares(one.satisfaction);
    const double weight = one.weight();
    AnswerAdjoint<kSiteColumns> result;
    for (std::size_t k = 0; k < kAnswers; ++k) {
      result.log_weight[k] = weight * list.p[k];
      result.shift[k] = weight * list.by_shift[k];
      result.spread[k] = weight * list.by_spread[k];
      if (k == 10) continue;
      result.thresholds[k][k] = weight * list.density[k];
      result.thresholds[k][k + 1] = -weight * list.density[k];
    }
    result.log_weight[kAnswers] = weight;
    return result;
  };
  Sweep<kSiteColumns>(*this, journey, visits, gradient).run(std::span(&answer, 1), adjoint);
}

}  // namespace sojourn::models
