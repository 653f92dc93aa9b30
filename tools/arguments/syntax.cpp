#include "tools/arguments/syntax.h"

#include "engine/base/contract.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

constexpr std::string_view kFolders[] = {"DIR"};
constexpr std::string_view kYaml[] = {"JOURNEY", "SCENARIO", "STUDY"};
constexpr std::string_view kAnyFile[] = {"FILE", "RESULT", "EVENTS", "EVENTS2", "NAME"};
constexpr std::string_view kNotToBeKnown[] = {"N", "P", "R", "S", "T", "K/N", "COLUMN", "ID", "TEXT", "TOUCHPOINT"};

template <std::size_t n>
bool has(const std::string_view (&list)[n], std::string_view name) {
  return std::ranges::find(list, name) != std::end(list);
}

}  // namespace

Offer offer_for(std::string_view name, const std::vector<std::string>& choices) {
  if (!choices.empty()) return {Offer::Kind::choices, choices};
  if (name.empty()) return {};
  if (name.starts_with('[')) name = name.substr(1, name.size() - 2);
  if (has(kFolders, name)) return {Offer::Kind::folders};
  if (has(kAnyFile, name)) return {Offer::Kind::files};
  if (has(kYaml, name) || name == "FILE.yaml") return {Offer::Kind::files, {}, {"yaml", "yml"}};
  if (name == "CSV") return {Offer::Kind::files, {}, {"csv"}};
  if (name.starts_with("FILE.")) return {Offer::Kind::files, {}, {std::string(name.substr(5))}};
  SOJOURN_EXPECT(has(kNotToBeKnown, name), "a value whose name says what a shell can offer for it");
  return {};
}

}  // namespace sojourn::tools
