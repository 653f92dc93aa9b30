#pragma once
// What the columns of a table mean: said by flags, by a mapping.yaml, or found by names that tools are known to write.

#include "models/text/diagnostic.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// Role ("case", "activity", "score", ...) to the column's name, as said; what is not said is looked for.
using ColumnNames = std::map<std::string, std::string, std::less<>>;

/// The texts of one role's column that stand for something else: a code, and the id (or the period) that it means.
struct Translation {
  std::string text, meaning;
  Mark mark;
};

/// A persona that no column names: whoever has, in each of these columns, one of these codes.
struct PersonaRule {
  struct Condition {
    std::string column;
    std::vector<std::string> codes;
  };
  std::string persona;
  std::vector<Condition> conditions;  // none: everybody
  Mark mark;
};

/// The ends of the scale on which items are rated; they become 0 and 10.
struct RatingScale {
  double low = 1;
  double high = 5;  // > low
};

/// A mapping.yaml:
///
///     events: {case: order, activity: step, time: began, end: done, persona: segment, outcome: result, lifecycle: phase}
///     success: [delivered]                 # outcomes that are one
///     survey: {score: q1, persona: segment, touchpoint: place, period: wave, weight: w, case: order}
///     ratings: {security: q9_1}            # rated items beside the score: touchpoint id to column
///     blank: [11, n/a]                     # codes for nothing, beside an empty cell, in any column but ratings
///     blank_ratings: [0]                   # the same of ratings, whose codes often are scores elsewhere
///     never_used: [6]                      # codes for "I did not use it": the touchpoint was not visited
///     rating_scale: {low: 1, high: 5}      # of ratings, whose ends become 0 and 10
///     values: {persona: {1: returning, 2: newcomer}, touchpoint: {Kasse: pay}, period: {w1: 2023-1}}   # what codes mean
///     personas: {transfer: {get_to: [3]}, others: {}}   # where no column names it: the first whose codes the row has
struct Mapping {
  Source source;  // of the file; none where it was made of options
  ColumnNames events;
  ColumnNames survey;
  std::vector<std::pair<std::string, std::string>> ratings;  // touchpoint id, column
  std::vector<std::string> success;
  std::set<std::string, std::less<>> blank, blank_ratings, never_used;
  RatingScale rating_scale;
  std::map<std::string, std::vector<Translation>, std::less<>> values;  // by role: persona, touchpoint, period, outcome
  std::vector<PersonaRule> personas;                                    // of a survey, in order
};

/// The translations of a role; none where the mapping has none.
std::span<const Translation> translations_of(const Mapping& mapping, std::string_view role);

/// Throws MissingFile, or InputError with all that is wrong.
Mapping read_mapping_file(const std::string& path);
Mapping read_mapping(const Source& source);

}  // namespace sojourn::models
