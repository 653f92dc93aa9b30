#pragma once
// The field table: one description of the whole format. The reader's checks, the addresses of scenarios, the JSON
// Schema and the reference (models/FIELDS.md) all come from it.

#include <limits>
#include <span>
#include <string_view>

namespace sojourn::models {

/// What a number measures; says which unit it is written with and which distributions may stand for it.
enum class Quantity {
  points,       // of the 0..10 scale: experience, expectation
  time,         // durations and patience: one number and one unit
  probability,  // 0..1; in `uncertain`, where beta is on 0..1 too
  plain,        // any other number
  addressed     // whatever stands at the address that is the key
};

/// Sets of ids that keys and references are taken from.
enum class Section { none, persona, pain, goal, touchpoint, outcome, node, channel, address, figure };

enum class Kind {
  text,     // any scalar
  boolean,  // true or false
  number,
  count,     // a whole number
  duration,  // one number and one unit
  distribution,
  reference,  // an id of `section`
  address,    // of the journey: touchpoints.wish.cost
  path,       // of a file, relative to the file that names it
  format,     // the version of the file format: sojourn/1
  record,
  map,  // ids of `section` to `element`
  list,
  value  // whatever stands at a change's address
};

struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool above_low = false;  // low itself is refused
};

/// A scalar where a map stands otherwise.
enum class ShortForm { none, weight, start };

/// A default that is not a constant.
enum class DefaultFrom {
  constant,       // Field::default_text, or nothing if that is empty
  anchor,         // satisfaction.anchor
  importance,     // 2 for a moment of truth, else 1
  pain_severity,  // the pain's own
  journey,        // the journey's `recommendation`
  touchpoint,     // what a channel does not carry itself
  id,             // the id that it is the label of
  none            // unwritten means that there is none
};

struct Record;

struct Type {
  Kind kind = Kind::text;
  Range range = {};                     // number, count
  Quantity quantity = Quantity::plain;  // distribution, number
  Section section = Section::none;      // reference; the keys of a map
  bool defines = false;                 // a map whose keys are new ids, not references
  const Record* record = nullptr;
  const Type* element = nullptr;        // of a map or a list
  std::string_view entry_default = {};  // of a map: what an entry that is not written counts as
  ShortForm short_form = ShortForm::none;
  bool rising = false;    // of a list: every number above the one before
  bool parallel = false;  // of an edge: a list of two or more edges to one target may stand there
  std::size_t least = 0;  // entries of a list or map
  std::size_t most = std::numeric_limits<std::size_t>::max();
};

enum class Need { optional, required, one_of };  // one_of: exactly one of the record's fields of this need

struct Field {
  std::string_view key;
  Type type;
  Need need = Need::optional;
  std::string_view default_text = {};
  DefaultFrom default_from = DefaultFrom::constant;
  std::string_view unit = {};    // for people: "points", "money"
  std::string_view description;  // one sentence
};

/// What must hold between the fields of a record (models/journey/rules.h).
enum class Rule { none, memory, experience, change };

struct Record {
  std::string_view name;  // "touchpoint"
  std::string_view description;
  std::span<const Field> fields;
  Rule rule = Rule::none;
};

const Record& journey_record();
const Record& scenario_record();

/// The field of that key, or null.
const Field* find_field(const Record& record, std::string_view key);

}  // namespace sojourn::models
