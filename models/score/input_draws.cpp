#include "models/score/input_draws.h"

#include "engine/random/normal.h"
#include "models/journey/values.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <limits>

namespace sojourn::models {
namespace {

constexpr std::uint32_t last_word = std::numeric_limits<std::uint32_t>::max();

/// The first word for which `from` holds, where it holds from some word on; last_word + 1 if for none.
template <class From>
std::uint64_t first_word(const From& from) {
  std::uint64_t low = 0;
  std::uint64_t high = std::uint64_t{last_word} + 1;
  while (low < high) {
    const std::uint64_t middle = (low + high) / 2;
    if (from(static_cast<std::uint32_t>(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

}  // namespace

InputQuantile::InputQuantile(const Uncertain& uncertain, Quantiles& quantiles)
    : quantile_(quantiles(uncertain.distribution)), factor_(uncertain.factor), range_(uncertain.range) {
  // A quantile function rises with the word, so what is inside is an interval of words.
  const std::uint64_t first =
      first_word([&](std::uint32_t word) { return range_.above_low ? at(word) > range_.low : at(word) >= range_.low; });
  const std::uint64_t beyond = first_word([&](std::uint32_t word) { return at(word) > range_.high; });
  if (first >= beyond) {
    Diagnostics problem;
    problem.error(
        uncertain.mark,
        "uncertain: nothing of the distribution of " + quoted(uncertain.address) + " is " + range_text(range_),
        "every draw would be refused", "Give it a range that the address can take");
    throw InputError(std::move(problem));
  }
  first_ = static_cast<std::uint32_t>(first);
  last_ = static_cast<std::uint32_t>(beyond - 1);
  share_outside_ = 1 - static_cast<double>(beyond - first) * 0x1p-32;
}

double InputQuantile::at(std::uint32_t word) const { return factor_ * quantile_(engine::uniform(word)); }

double InputQuantile::value(std::uint32_t word) const {
  const std::uint64_t inside = std::uint64_t{last_} - first_ + 1;
  return at(static_cast<std::uint32_t>(first_ + ((word * inside) >> 32)));
}

InputDraw::InputDraw(const Uncertain& uncertain, std::uint64_t seed, std::uint32_t replicate, Quantiles& quantiles)
    : points_(seed, replicate, uncertain.address), quantile_(uncertain, quantiles) {}

double InputDraw::normal_score(std::uint32_t draw) const {
  return engine::normal_quantile(engine::uniform(points_.word(draw)));
}

}  // namespace sojourn::models
