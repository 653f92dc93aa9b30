#pragma once
// A tree against the field table: keys, kinds, units, ranges, what is required and what excludes each other.

#include "models/journey/fields.h"
#include "models/journey/values.h"
#include "models/journey/where.h"
#include "models/text/tree.h"

namespace sojourn::models {

/// Reports everything that is wrong with a file as such. What its ids and addresses mean is left to check_references.
/// An unknown `format:` is reported alone, and false returned: what another version means by the rest is not known.
bool validate(const Tree& file, const Record& record, Diagnostics& diagnostics);

/// The same for one value that is to stand at `where`, normalised or not. `reason` is what it is for.
void validate_value(const Tree& tree, const Type& type, const Where& where, Ranges ranges, std::string_view reason,
                    Diagnostics& diagnostics);

/// A distribution of a quantity (not `addressed`): family, parameters, units, and what makes it a distribution.
void validate_distribution(const Tree& tree, Quantity quantity, const Where& where, Ranges ranges,
                           Diagnostics& diagnostics);

}  // namespace sojourn::models
