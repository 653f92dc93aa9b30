#include "models/check/detail/sums.h"

#include <limits>

namespace sojourn::models::detail {
namespace {

constexpr double most = std::numeric_limits<double>::max();
/// Above this, weights a 2^53rd as large still have all their digits.
constexpr double least = std::numeric_limits<double>::min() * 0x1p53;

class Sums {
 public:
  Sums(std::size_t view, Places& places, Findings& findings) : view_(view), places_(places), findings_(findings) {}

  /// A single weight needs no digits, and a sum of 0 is another check's.
  void sum(double total, std::size_t weights, const std::string& what, std::string_view touchpoint) {
    if ((total >= least && total <= most) || total == 0 || (weights == 1 && total <= most)) return;
    const bool large = total > most;
    findings_.add({Diagnostic::Severity::error,
                   touchpoint.empty() ? places_.section(view_, "start") : places_.touchpoint(view_, touchpoint),
                   what + (large ? " add up to more than a number can hold" : " are too small to be told apart"), "",
                   "chances are a weight over the sum of all", large ? "Divide them all" : "Multiply them all"});
  }

 private:
  std::size_t view_;
  Places& places_;
  Findings& findings_;
};

}  // namespace

void check_sums(const ViewMap& map, const Persona& persona, std::size_t view, Places& places, Findings& findings) {
  Sums sums(view, places, findings);
  double start = 0;
  for (const auto& [node, weight] : map.start()) start += weight;
  sums.sum(start, map.start().size(), "the weights of the start", "");
  for (std::uint32_t i = 0; i < map.touchpoints(); ++i) {
    const Touchpoint& touchpoint = map.touchpoint(i);
    double shares = 0;
    for (const Channel& channel : touchpoint.channels) {
      const auto affinity = persona.channels.find(channel.id);
      shares += channel.share * (affinity == persona.channels.end() ? 1.0 : affinity->second);
    }
    sums.sum(shares, touchpoint.channels.size(),
             "the shares times affinities of the channels of '" + touchpoint.id + "'", touchpoint.id);
    for (std::uint32_t way = map.first_way(i); way < map.first_way(i + 1); ++way) {
      double total = 0;
      for (const ViewMap::Road& road : map.roads(way)) total += road.weight;
      sums.sum(total, map.roads(way).size(), "the weights of the edges of '" + touchpoint.id + "'", touchpoint.id);
    }
  }
}

}  // namespace sojourn::models::detail
