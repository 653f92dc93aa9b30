#pragma once
// Texts of a table, found among the parts of a journey by id or label.

#include "models/data/event_log.h"
#include "models/data/mapping.h"
#include "models/journey/journey.h"
#include "models/text/diagnostic.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

struct NamedPart {
  std::string_view id;
  std::string_view label;
};

/// In file order.
std::vector<NamedPart> persona_parts(const Journey& journey);
std::vector<NamedPart> touchpoint_parts(const Journey& journey);
std::vector<NamedPart> outcome_parts(const Journey& journey);

/// Texts that mean the same part, found or not. Upper and lower case and spaces around a text mean nothing; an id goes before
/// labels, and a label that two parts have means neither.
class PartNames {
 public:
  /// `what`: "persona", also the role of translations. Says at once which of them mean nothing.
  PartNames(std::string what, std::span<const NamedPart> parts, std::span<const Translation> translations,
            Diagnostics& diagnostics);

  /// The index of the part; kNotSaid where there is none, and the text is remembered, with how many rows have it.
  std::uint32_t operator()(std::string_view text, std::uint64_t rows = 1);

  /// One error with every text that meant nothing, how many rows have it, the ids and what is near. `why`: what a row is used
  /// for. `remedy`: what can be done beside a translation.
  void report(const Source& source, const std::string& why, const std::string& remedy, Diagnostics& diagnostics) const;

 private:
  std::uint32_t find(const std::string& folded_text) const;
  std::string near_ones(std::size_t most) const;

  std::string what_;
  std::vector<std::string> ids_;
  std::map<std::string, std::uint32_t, std::less<>> known_;  // folded
  std::map<std::string, std::uint64_t, std::less<>> lost_;   // text as written to rows
};

}  // namespace sojourn::models
