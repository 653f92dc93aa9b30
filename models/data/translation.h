#pragma once
// What the codes of a log mean, where nothing but the mapping says which texts there are.

#include "models/data/events.h"
#include "models/data/mapping.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace sojourn::models {

/// The texts of one role: what `values` of a mapping makes of them; others are as they are written. Upper and lower case and spaces around a
/// text mean nothing, as in a survey. A meaning is not translated again.
class Translator {
 public:
  Translator(const Mapping& mapping, std::string_view role);
  /// Valid as long as the text and the translator.
  std::string_view operator()(std::string_view text) const;

 private:
  std::unordered_map<std::string, std::string> meanings_;  // by folded text
};

/// Rows of a log with activities (role touchpoint), personas and outcomes translated.
class EventTranslator {
 public:
  explicit EventTranslator(const Mapping& mapping);
  EventRow operator()(EventRow row) const;

 private:
  Translator activity_, persona_, outcome_;
};

}  // namespace sojourn::models
