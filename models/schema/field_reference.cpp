#include "models/schema/field_reference.h"

#include "models/journey/families.h"
#include "models/journey/fields.h"
#include "models/journey/values.h"
#include "models/study/fields.h"

#include <algorithm>
#include <vector>

namespace sojourn::models {
namespace {

std::string linked(const Record& record) {
  std::string anchor;
  for (const char c : record.name) {
    if (c == ' ' || c == '-') anchor += '-';
    if (c >= 'A' && c <= 'Z') anchor += static_cast<char>(c - 'A' + 'a');
    if (c >= 'a' && c <= 'z') anchor += c;
  }
  return "[" + std::string(record.name) + "](#" + anchor + ")";
}

std::string_view plural(Section section) {
  switch (section) {
    case Section::persona: return "personas";
    case Section::pain: return "pains";
    case Section::goal: return "goals";
    case Section::touchpoint: return "touchpoints";
    case Section::outcome: return "outcomes";
    case Section::node: return "touchpoints and outcomes";
    case Section::channel: return "channels";
    case Section::address: return "addresses";
    case Section::figure: return "figures";
    case Section::none: break;
  }
  return "";
}

std::string kind(const Type& type) {
  switch (type.kind) {
    case Kind::text: return "text";
    case Kind::boolean: return "`true` or `false`";
    case Kind::number:
    case Kind::count: return expected(type).substr(2);  // without the article
    case Kind::duration: return "duration";
    case Kind::distribution:
      return type.quantity == Quantity::time ? "distribution of durations, or a duration" : "distribution, or a number";
    case Kind::reference:
      return type.section == Section::node ? "id of a touchpoint or outcome"
                                           : "id among the " + std::string(plural(type.section));
    case Kind::address: return "address";
    case Kind::path: return "path of a file";
    case Kind::format: return "`sojourn/1`";
    case Kind::record: return linked(*type.record) + (type.short_form == ShortForm::weight ? ", or its weight" : "");
    case Kind::map: {
      const std::string what = type.element->kind == Kind::record ? linked(*type.element->record) : kind(*type.element);
      return "map of " + std::string(plural(type.section)) + ": " + what +
             (type.short_form == ShortForm::start ? "; or one id" : "");
    }
    case Kind::list:
      return "list of " + (type.least == type.most ? std::to_string(type.least) + " " : "") +
             (type.element->kind == Kind::record ? linked(*type.element->record) + "s" : kind(*type.element));
    case Kind::value: return "what fits the address";
  }
  return "";
}

std::string standing(const Field& field) {
  if (field.need == Need::required) return "**required**";
  if (field.need == Need::one_of) return "exactly one of these";
  switch (field.default_from) {
    case DefaultFrom::constant: break;
    case DefaultFrom::anchor: return "the anchor";
    case DefaultFrom::importance: return "1, or 2 for a moment of truth";
    case DefaultFrom::pain_severity: return "the pain's";
    case DefaultFrom::journey: return "the journey's";
    case DefaultFrom::touchpoint: return "the touchpoint's";
    case DefaultFrom::id: return "the id";
    case DefaultFrom::none: return field.key == "experience" ? "**required**, or in every channel" : "none";
  }
  return field.default_text.empty() ? "" : "`" + std::string(field.default_text) + "`";
}

class Page {
 public:
  std::string write() {
    text_ =
        "# Every field of the files\n\n"
        "Written from the field table (`models/journey/fields.cpp`), which also drives the reader's checks and the "
        "JSON\n"
        "Schemas in `models/schema/`. What the fields mean for a journey is told in `models/README.md`.\n\n"
        "A distribution is one of\n\n";
    families();
    text_ += "\nA duration is one number and one unit: `ms`, `s`, `min`, `h`, `d` (24 h), `w` (7 d).\n\n";
    text_ += "## Journey files\n";
    records(journey_record());
    text_ += "\n## Scenario files\n";
    records(scenario_record());
    text_ += "\n## Study files\n";
    records(study_record());
    return std::move(text_);
  }

 private:
  void families() {
    for (const FamilyForm& form : family_forms()) {
      std::string parameters = form.parameters.empty() ? "value: weight, ..." : "";
      for (const Parameter& parameter : form.parameters) {
        parameters += (parameters.empty() ? "" : ", ") + std::string(parameter.key);
      }
      text_ += "- `" + std::string(form.name) + " {" + parameters + "}`\n";
    }
  }

  void records(const Record& record) {
    if (std::ranges::find(written_, &record) != written_.end()) return;
    written_.push_back(&record);
    text_ += "\n### " + std::string(record.name) + "\n\n" + std::string(record.description) + "\n\n";
    text_ += "| key | is | default | unit | meaning |\n|---|---|---|---|---|\n";
    for (const Field& field : record.fields) {
      text_ += "| `" + std::string(field.key) + "` | " + kind(field.type) + " | " + standing(field) + " | " +
               std::string(field.unit) + " | " + std::string(field.description) + " |\n";
    }
    for (const Field& field : record.fields) below(field.type);
  }

  void below(const Type& type) {
    if (type.record) records(*type.record);
    if (type.element) below(*type.element);
  }

  std::string text_;
  std::vector<const Record*> written_;
};

}  // namespace

std::string field_reference() { return Page().write(); }

}  // namespace sojourn::models
