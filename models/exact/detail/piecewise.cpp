#include "models/exact/detail/piecewise.h"

#include <algorithm>

namespace sojourn::models::exact {

Piecewise Piecewise::then(std::initializer_list<double> kinks, const std::function<double(double)>& f) const {
  Piecewise result;
  for (std::size_t i = 0; i < x.size(); ++i) {
    result.x.push_back(x[i]);
    result.y.push_back(f(y[i]));
    if (i + 1 == x.size() || y[i] == y[i + 1]) continue;
    std::vector<double> inside;
    for (const double kink : kinks) {
      if (std::min(y[i], y[i + 1]) < kink && kink < std::max(y[i], y[i + 1])) inside.push_back(kink);
    }
    std::sort(inside.begin(), inside.end());
    if (y[i] > y[i + 1]) std::reverse(inside.begin(), inside.end());
    for (const double kink : inside) {
      result.x.push_back(x[i] + (x[i + 1] - x[i]) * (kink - y[i]) / (y[i + 1] - y[i]));
      result.y.push_back(f(kink));
    }
  }
  return result;
}

double Piecewise::operator()(double at) const {
  if (at <= x.front()) return y.front();
  if (at >= x.back()) return y.back();
  const auto i = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), at) - x.begin());
  return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1]);
}

double Piecewise::mean(const Law& law) const {
  double sum = y.front() * law.at_most(x.front()) + y.back() * law.above(x.back());
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    if (!(x[i + 1] > x[i])) continue;
    const Moments here = law.between(x[i], x[i + 1]);
    const double slope = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
    sum += y[i] * here.zeroth + slope * (here.first - x[i] * here.zeroth);
  }
  return sum;
}

}  // namespace sojourn::models::exact
