#include "models/calibrate/maximum.h"

#include "engine/base/contract.h"

#include <fmt/format.h>
#include <nlopt.h>

#include <cmath>
#include <exception>
#include <memory>

namespace sojourn::models {
namespace {

constexpr double kNowhere = -1e100;  // for -infinity, of which a simplex can take no difference

struct Asked {
  const std::function<double(const Eigen::VectorXd&)>& f;
  nlopt_opt search;
  std::exception_ptr thrown;
  Maximum best;
};

/// Nothing may be thrown through C.
double evaluate(unsigned n, const double* x, double*, void* data) {
  Asked& asked = *static_cast<Asked*>(data);
  if (asked.thrown) return kNowhere;
  try {
    const Eigen::VectorXd place = Eigen::Map<const Eigen::VectorXd>(x, n);
    const double value = asked.f(place);
    if (++asked.best.evaluations == 1 || value > asked.best.value) {
      asked.best.x = place;
      asked.best.value = value;
    }
    return std::isfinite(value) ? value : kNowhere;
  } catch (...) {
    asked.thrown = std::current_exception();
    nlopt_force_stop(asked.search);
    return kNowhere;
  }
}

}  // namespace

Maximum maximum(const std::function<double(const Eigen::VectorXd&)>& f, const MaximumPlan& plan) {
  const std::unique_ptr<nlopt_opt_s, void (*)(nlopt_opt)> search(
      nlopt_create(NLOPT_LN_SBPLX, static_cast<unsigned>(plan.start.size())), nlopt_destroy);
  SOJOURN_ENSURE(search != nullptr, "a search can be made");
  Asked asked{f, search.get(), nullptr, {}};
  const Eigen::VectorXd close = plan.tolerance * plan.step;
  const bool is_set = nlopt_set_max_objective(search.get(), evaluate, &asked) > 0 &&
                      nlopt_set_lower_bounds(search.get(), plan.low.data()) > 0 &&
                      nlopt_set_upper_bounds(search.get(), plan.high.data()) > 0 &&
                      nlopt_set_initial_step(search.get(), plan.step.data()) > 0 &&
                      nlopt_set_xtol_abs(search.get(), close.data()) > 0 &&
                      nlopt_set_maxeval(search.get(), plan.most) > 0;
  SOJOURN_ENSURE(is_set, "the search takes its plan");
  Eigen::VectorXd x = plan.start;
  double value = 0;
  const nlopt_result result = nlopt_optimize(search.get(), x.data(), &value);
  if (asked.thrown) std::rethrow_exception(asked.thrown);
  SOJOURN_ENSURE(result > 0 || result == NLOPT_ROUNDOFF_LIMITED, "the search ends in order");
  asked.best.settled = result != NLOPT_MAXEVAL_REACHED;
  return asked.best;
}

std::string search_name() {
  int major = 0;
  int minor = 0;
  int bugfix = 0;
  nlopt_version(&major, &minor, &bugfix);
  return fmt::format("NLopt {}.{}.{} LN_SBPLX", major, minor, bugfix);
}

}  // namespace sojourn::models
