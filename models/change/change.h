#pragma once
// One edit of a journey: set, scale, shift, remove or add at an address. Changes edit the normalised tree, never
// tables.

#include "models/text/tree.h"

#include <string>
#include <utility>
#include <vector>

namespace sojourn::models {

struct Change {
  enum class Verb { set, scale, shift, remove, add };
  struct Name {
    std::string id;
    Mark mark;
  };
  Verb verb = Verb::set;
  std::string address;
  Mark mark;                   // of the address
  Tree value;                  // `to`, `by` or `as`, as written
  Name reroute;                // of `remove`; an empty id where there is none
  std::vector<Name> only_for;  // personas of `for`; empty means everyone
};

/// The changes of a valid list `changes:` or `overrides:`.
std::vector<Change> read_changes(const Tree& list);

/// What a change did to a tree.
enum class Effect { changed, nothing, refused };

/// Edits a normalised tree in place. What cannot be done (nothing at the address, a value of the wrong kind, adding
/// what exists) is reported and leaves the tree as it was; ranges and references are not looked at
/// (models/change/views.h). New values carry the marks of the change that brought them.
Effect apply(const Change& change, Tree& journey, Diagnostics& diagnostics);

}  // namespace sojourn::models
