#include "models/data/translation.h"

#include "models/text/folded.h"

namespace sojourn::models {

Translator::Translator(const Mapping& mapping, std::string_view role) {
  for (const Translation& one : translations_of(mapping, role)) meanings_[folded(one.text)] = one.meaning;
}

std::string_view Translator::operator()(std::string_view text) const {
  if (meanings_.empty()) return text;
  const auto known = meanings_.find(folded(text));
  return known == meanings_.end() ? text : std::string_view(known->second);
}

EventTranslator::EventTranslator(const Mapping& mapping)
    : activity_(mapping, "touchpoint"), persona_(mapping, "persona"), outcome_(mapping, "outcome") {}

EventRow EventTranslator::operator()(EventRow row) const {
  row.activity = activity_(row.activity);
  row.persona = persona_(row.persona);
  row.outcome = outcome_(row.outcome);
  return row;
}

}  // namespace sojourn::models
