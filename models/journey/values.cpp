#include "models/journey/values.h"

#include "models/text/duration.h"
#include "models/text/number.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <cctype>

namespace sojourn::models {
namespace {

Reading<double> read_scalar(const Tree& tree, const Type& type) {
  if (type.kind == Kind::duration) return read_duration(tree.scalar, Sign::any);
  if (type.kind != Kind::count) return read_number(tree.scalar);
  const Reading<std::int64_t> whole = read_whole_number(tree.scalar);
  if (whole) return static_cast<double>(*whole);
  return whole.refusal;
}

}  // namespace

std::optional<double> read_value(const Tree& tree, const Type& type, const Where& where, Ranges ranges,
                                 std::string_view why, Diagnostics& diagnostics) {
  if (tree.kind != Tree::Kind::scalar || tree.is_null()) {
    diagnostics.error(tree.mark, where.address() + " must be " + expected(type) + ", not " + found(tree),
                      as_reason(why));
    return std::nullopt;
  }
  if (tree.quoted && type.kind != Kind::duration) {
    const Reading<double> number = read_scalar(tree, type);
    diagnostics.error(tree.mark,
                      where.address() + " must be " + expected(type) + ", not the text " + quoted(tree.scalar),
                      "what stands in quotes is text",
                      number ? "Write " + tree.scalar + " without quotes" : number.refusal.suggestion);
    return std::nullopt;
  }
  const Reading<double> read = read_scalar(tree, type);
  if (!read) {
    diagnostics.error(tree.mark, where.address() + ": " + read.refusal.what, read.refusal.why, read.refusal.suggestion);
    return std::nullopt;
  }
  const Range& range = type.range;
  const bool inside = *read >= range.low && *read <= range.high && !(range.above_low && *read == range.low);
  if (ranges == Ranges::check && !inside) {
    diagnostics.error(tree.mark, where.address() + " is " + tree.scalar + ", but must be " + range_text(range),
                      as_reason(why));
    return std::nullopt;
  }
  return *read;
}

double valid_value(const Tree& tree, const Type& type) { return read_scalar(tree, type).value.value(); }

std::string value_text(double value, const Type& type) {
  return type.kind == Kind::duration ? duration_text(value) : shortest(value);
}

std::string found(const Tree& tree) {
  switch (tree.kind) {
    case Tree::Kind::map: return "a map";
    case Tree::Kind::list: return "a list";
    case Tree::Kind::scalar: break;
  }
  return tree.is_null() ? "nothing" : quoted(tree.scalar);
}

std::string range_text(const Range& range) {
  const bool below = range.low > -std::numeric_limits<double>::infinity();
  const bool above = range.high < std::numeric_limits<double>::infinity();
  if (below && above) return "from " + shortest(range.low) + " to " + shortest(range.high);
  if (below) return range.above_low ? "above " + shortest(range.low) : shortest(range.low) + " or more";
  if (above) return shortest(range.high) + " or less";
  return "";
}

std::string expected(const Type& type) {
  switch (type.kind) {
    case Kind::text: return "a text";
    case Kind::boolean: return "true or false";
    case Kind::number:
    case Kind::count: {
      const std::string range = range_text(type.range);
      const std::string joint = range.empty() ? "" : range.ends_with("more") || range.ends_with("less") ? " of " : " ";
      return (type.kind == Kind::count ? "a whole number" : "a number") + joint + range;
    }
    case Kind::duration: return "a duration such as 10 min";
    case Kind::distribution:
      return type.quantity == Quantity::time
                 ? "a distribution such as {normal: {mean: 10 min, sd: 2 min}}, or a duration"
                 : "a distribution such as {normal: {mean: 7, sd: 1}}, or a number";
    case Kind::reference: return "an id";
    case Kind::address: return "an address such as touchpoints.wish.cost";
    case Kind::path: return "the path of a file";
    case Kind::format: return "sojourn/1";
    case Kind::record: {
      std::vector<std::string_view> keys;
      for (const Field& field : type.record->fields) keys.push_back(field.key);
      const std::string map = "a map with the keys " + listed(keys);
      return type.short_form == ShortForm::weight ? "a weight, or " + map : map;
    }
    case Kind::map:
      if (type.short_form == ShortForm::start) return "an id, or a map of ids and weights";
      return "a map";
    case Kind::list: return "a list";
    case Kind::value: return "a value";
  }
  return "";
}

std::string as_reason(std::string_view description) {
  std::string text(description);
  if (text.ends_with('.')) text.pop_back();
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

std::string listed(const std::vector<std::string_view>& words, std::string_view last_joint) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? std::string(last_joint) : ", ";
    text += words[i];
  }
  return text;
}

std::string nearest_or_all(std::string_view written, const std::vector<std::string_view>& candidates) {
  std::string suggestion = did_you_mean(written, candidates);
  std::vector<std::string_view> each;  // an id may be given twice by mistake
  for (const std::string_view candidate : candidates) {
    if (std::ranges::find(each, candidate) == each.end()) each.push_back(candidate);
    if (each.size() > 16) break;
  }
  if (suggestion.empty() && !each.empty() && each.size() <= 16) {
    suggestion = std::string(each.size() == 1 ? "There is " : "There are ") + listed(each);
  }
  return suggestion;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + std::string(noun);
}

}  // namespace sojourn::models
