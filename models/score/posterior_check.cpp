#include "models/score/posterior_check.h"

#include "engine/base/sha256.h"
#include "models/journey/address.h"
#include "models/journey/families.h"
#include "models/journey/values.h"
#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

namespace sojourn::models {
namespace {

/// The number that stands at an address of a valid journey, written or by default.
std::optional<Number> number_at(const Tree& journey, const std::string& address, Lookup& lookup) {
  const Place place = find(journey, address, lookup, Suggest::nothing);
  if (place.state == Place::State::missing) return std::nullopt;
  const Type& type = place.type->kind == Kind::distribution ? constant_type(place.type->quantity) : *place.type;
  const Tree& there = place.tree ? *place.tree : place.value;
  const bool is_number = type.kind == Kind::number || type.kind == Kind::count || type.kind == Kind::duration;
  if (!is_number || there.kind != Tree::Kind::scalar || there.is_null()) return std::nullopt;
  return Number{address, valid_value(there, type), &type, place.tree != nullptr};
}

/// To four digits, which is enough to compare by.
std::string in_words(double value, const Type& type) {
  return value_text(std::strtod(fmt::format("{:.4g}", value).c_str(), nullptr), type);
}

}  // namespace

Diagnostics check_posterior(const PosteriorDraws& posterior, const JourneyFile& journey) {
  constexpr double far = 4;  // standard deviations
  Diagnostics found;
  const Mark mark{std::make_shared<const SourceText>(SourceText{posterior.file, {}}), 0, 0, 1};
  Lookup lookup;
  const Tree* own = journey.tree.find("uncertain");
  for (std::size_t i = 0; i < posterior.addresses.size(); ++i) {
    const std::string& address = posterior.addresses[i];
    const std::optional<Number> number = number_at(journey.tree, address, lookup);
    if (!number) {
      found.error(mark, "the journey has no number at " + quoted(address) + ", of which this is the posterior",
                  "it was calibrated from another journey, " + quoted(posterior.journey_file),
                  "Compare the journey that was calibrated, or calibrate " + quoted(journey.source->name));
      found.refuse_if_errors();
    }
    const auto entry =
        own ? std::ranges::find(own->entries, address, &Tree::Entry::key) : std::vector<Tree::Entry>::const_iterator();
    if (own && entry != own->entries.end()) {
      found.warning(entry->mark, "uncertain: " + quoted(address) + " is in the posterior too",
                    "its draws are the posterior's, which goes before", "Take the entry out");
    }
    const std::vector<double>& draws = posterior.values[i];
    const auto n = static_cast<double>(draws.size());
    double mean = 0;
    for (const double value : draws) mean += value / n;
    double squares = 0;
    for (const double value : draws) squares += (value - mean) * (value - mean);
    const double sd = std::sqrt(squares / std::max(1.0, n - 1));
    if (!(std::abs(number->value - mean) > far * sd)) continue;
    const bool before = posterior.journey_sha256 == engine::sha256(journey.source->text);
    found.warning({journey.source, 0, 0, 1},
                  quoted(address) + " is " + in_words(number->value, *number->type) + ", but the posterior's mean is " +
                      in_words(mean, *number->type) + " with a standard deviation of " + in_words(sd, *number->type),
                  before ? "this is the journey before it was calibrated, and what is not known is told around other "
                           "numbers than it has"
                         : "this is not the journey that was calibrated, and what is not known is told around other "
                           "numbers than it has",
                  "Compare what calibrate wrote with --out");
    break;  // one says it
  }
  return found;
}

}  // namespace sojourn::models
