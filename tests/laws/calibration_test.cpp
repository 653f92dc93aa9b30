#include "tests/support/survey_study.h"

#include "engine/study/convergence.h"
#include "engine/study/hamiltonian.h"
#include "models/calibrate/fit.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <Eigen/LU>

#include <chrono>

namespace sojourn::tests {
namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

TEST(Calibration, scratch) {
  const SurveyStudy study;
  const models::ParameterSpace space(study.model().parameters());
  for (std::uint64_t set = 1; set <= 3; ++set) {
    const Eigen::VectorXd truth = study.parameters(set);
    double t0 = now();
    const auto cells = study.answers(truth, 125, set);
    double t1 = now();
    const models::Bank bank = study.model().bank(study.model().written(), 4000, {set, 1});
    double t2 = now();
    const models::BankLikelihood likelihood(bank, study.model().tables(), study.model().numbers(), study.sites(), study.site_count(), study.model().parameters(), study.model().written(), cells);
    const auto fitted = models::fit(likelihood, space, space.coordinates(study.model().written()), 2);
    double t3 = now();
    const auto at = [&](const Eigen::VectorXd& x, Eigen::VectorXd& slope) {
      const models::SpacePoint point = space.at(x);
      if (!std::isfinite(point.log_prior)) return point.log_prior;
      const models::LogLikelihood l = likelihood.at(point.values, models::BankLikelihood::Slope::yes, 1);
      if (!std::isfinite(l.value)) return l.value;
      slope = point.slopes.transpose() * l.slope + point.log_prior_slope;
      return l.value + point.log_prior;
    };
    fmt::print("answers {:.2f} s, bank {:.2f} s ({} visits), fit {:.2f} s {} steps conv {} lp {:.3f}\n", t1 - t0, t2 - t1, bank.visits.size(), t3 - t2, fitted->steps, fitted->converged, fitted->log_posterior);
    {Eigen::VectorXd s1(20), s2(20); double ta = now(); double l0 = at(fitted->x, s1); double tb = now(); fmt::print("slope norm {} in {} ms value {}\n", s1.norm(), 1e3*(tb-ta), l0); for (int i : {0,3,8,9,10,15}) { Eigen::VectorXd x = fitted->x; x[i] += 1e-4; double l1 = at(x, s2); fmt::print("{} diff {} slope {}\n", i, (l1-l0)/1e-4, 0.5*(s1[i]+s2[i])); } fflush(stdout); }
    engine::SamplerPlan plan;
    plan.warm_up = 60;
    plan.draws = 150;
    const engine::Sample sample = engine::sample(at, fitted->x, fitted->precision, plan);
    double t4 = now();
    fmt::print("set {}: answers {:.2f} s, bank {:.2f} s ({} visits), fit {:.2f} s {} steps conv {} lp {:.3f} eff {:.3f}; hmc {:.2f} s {} slopes accept {:.3f} div {}\n", set, t1 - t0, t2 - t1, bank.visits.size(), t3 - t2, fitted->steps, fitted->converged, fitted->log_posterior, likelihood.effective_share(space.at(fitted->x).values, 2), t4 - t3, sample.slopes, sample.accepted, sample.divergent);
    const Eigen::MatrixXd noise = space.at(fitted->x).slopes.transpose() * likelihood.slope_noise(space.at(fitted->x).values, 1) * space.at(fitted->x).slopes;
    const Eigen::MatrixXd v = fitted->precision.inverse();
    fmt::print("noise: tr(V J V)/tr V = {:.4f}\n", (v * noise * v).trace() / v.trace());
    const auto values = space.at(fitted->x).values;
    for (Eigen::Index i = 0; i < truth.size(); ++i) {
      engine::Chains chains;
      double mean = 0, squares = 0;
      for (const auto& chain : sample.chains) {
        auto& to = chains.emplace_back();
        for (Eigen::Index r = 0; r < chain.rows(); ++r) {
          const double value = space.at(chain.row(r).transpose()).values[i];
          to.push_back(value);
          mean += value;
          squares += value * value;
        }
      }
      const double n = 600;
      mean /= n;
      const double sd = std::sqrt(squares / n - mean * mean);
      fmt::print("  {:50} truth {:.3f} map {:.3f} mean {:.3f} sd {:.3f} z {:.2f} laplace-x sd {:.3f} rhat {:.3f} ess {:.0f}\n", study.model().parameters()[i].address(), truth[i], values[i], mean, sd, (truth[i] - mean) / sd, std::sqrt(v(i, i)), engine::split_rhat(chains), engine::bulk_effective_size(chains));
    }
  }
}

}  // namespace
}  // namespace sojourn::tests
