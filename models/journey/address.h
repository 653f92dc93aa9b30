#pragma once
// Every number of a journey has one address: touchpoints.wish.next.carol.weight.

#include "models/journey/fields.h"
#include "models/journey/lookup.h"
#include "models/text/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// What an address leads to in a normalised journey.
struct Place {
  enum class State {
    written,    // `tree` is it
    defaulted,  // unwritten, and `value` is its default
    unwritten,  // optional and without a value: it can be set, not scaled
    missing     // nothing: `problem` and `suggestion` say why
  };
  State state = State::missing;
  const Type* type = nullptr;    // what may stand there
  const Field* field = nullptr;  // where the address ends at a record's field
  const Tree* tree = nullptr;
  Tree value;
  bool in_channel = false;  // a field of a channel: unwritten, it can be set only
  std::string problem;      // "touchpoints.wish has no field 'exprience'"
  std::string why;          // "the address 'touchpoints.wish.exprience' leads to nothing"
  std::string suggestion;   // "Did you mean 'experience'?"
};

/// Follows an address through a normalised journey. Of two edges to the same target (which a reroute leaves behind) the
/// address without an index is the first; `next.u.1.weight` is the second one's.
Place find(const Tree& journey, std::string_view address);

/// The same many times over one journey that does not change meanwhile. Place::suggestion costs as much as the
/// journey is large, so it can be left out.
enum class Suggest { nearest, nothing };
Place find(const Tree& journey, std::string_view address, Lookup& lookup, Suggest suggest = Suggest::nearest);

/// The part at the address, created (with the maps above it, marked with `mark`) where it is not written. What
/// stands on the way must be what find would follow.
Tree& create(Tree& journey, std::string_view address, const Mark& mark);

/// Takes the part at the address out, where it is written. Of edges side by side an address without an index takes all.
void erase(Tree& journey, std::string_view address);

/// The parts of an address: "a.b.c" -> a, b, c.
std::vector<std::string_view> parts_of(std::string_view address);
/// A part that is an index: decimal digits; none for any other.
std::optional<std::size_t> index_of(std::string_view part);

struct Number {
  std::string address;
  double value = 0;            // times in milliseconds
  const Type* type = nullptr;  // its kind and range
  bool written = true;         // false: its default
};

enum class Unwritten { leave_out, include };

/// Every number and duration of a normalised journey, in file order: the fields and the parameters of the distributions
/// (but not discrete ones), edges, start weights. Not counts, targets, `uncertain` and `calibrate`.
std::vector<Number> every_number(const Tree& journey, Unwritten unwritten = Unwritten::leave_out);

/// Sets the number (or, in milliseconds, the duration) at an address. The address must lead to one.
void set_number(Tree& journey, std::string_view address, double value);

}  // namespace sojourn::models
