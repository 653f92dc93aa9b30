#include "tools/studio/what_if.h"

#include "models/journey/write.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

using models::Tree;

constexpr std::size_t longest_text = 20'000;

[[noreturn]] void refuse(const std::string& what) {
  models::Diagnostics problem;
  problem.error({std::make_shared<models::SourceText>(models::SourceText{"the what-if", ""}), 0, 0, 1}, what);
  throw models::InputError(std::move(problem));
}

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) return {};
  if (!found->is_string()) refuse(std::string("'") + key + "' is not a text");
  const std::string text = *found;
  if (text.size() > longest_text) refuse(std::string("'") + key + "' is longer than 20,000 characters");
  return text;
}

std::string one_line(const std::string& text) {
  Tree tree;
  tree.scalar = text;
  tree.quoted = true;
  return models::to_yaml_line(tree);
}

/// Letters, digits and what stands between the parts of an address: nothing that YAML could take for more.
std::string address_at(const Json& object, const char* key) {
  const std::string address = text_at(object, key);
  const bool plain = !address.empty() && address.find_first_not_of(
                                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789_-.") == std::string::npos;
  if (!plain) refuse("an address has letters, digits, '_', '-' and '.' only");
  return address;
}

std::string value_at(const Json& change) {
  const std::string value = text_at(change, "to");
  const bool plain = !value.empty() && value.size() <= 40 &&
                     value.find_first_not_of("0123456789.+-eE abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  if (!plain) refuse("a value is a number, with its unit where it is a time");
  return value;
}

/// The personas that a change is for: none where it is for everyone.
std::string personas_at(const Json& change) {
  const auto found = change.find("for");
  if (found == change.end()) return {};
  if (!found->is_array() || found->empty() || found->size() > most_changes) refuse("'for' is a list of personas");
  std::string list;
  for (const Json& one : *found) {
    if (!one.is_string()) refuse("'for' is a list of personas");
    const std::string id = one;
    if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos) {
      refuse("'for' is a list of personas");
    }
    list += (list.empty() ? "" : ", ") + id;
  }
  return list;
}

/// One line of YAML in braces: nothing that could end the entry it stands in.
std::string braces_at(const Json& object) {
  const std::string line = text_at(object, "line");
  if (!line.starts_with('{') || line.find_first_of("\r\n") != std::string::npos) {
    refuse("a change is one line of YAML in braces");
  }
  return line;
}

double money_at(const Json& asked, const char* key) {
  const auto cost = asked.find("cost");
  if (cost == asked.end()) return 0;
  if (!cost->is_object()) refuse("'cost' has 'once' and 'per_journey'");
  const auto found = cost->find(key);
  if (found == cost->end()) return 0;
  if (!found->is_number()) refuse(std::string("the cost '") + key + "' is not a number");
  return found->get<double>();
}

void add_changes(const models::ScenarioFile& scenario, std::vector<std::string>& to) {
  for (const models::ScenarioFile& base : scenario.bases) add_changes(base, to);
  for (const models::Change& change : scenario.changes) {
    static constexpr std::string_view verbs[] = {"set", "scale", "shift", "remove", "add"};
    static constexpr std::string_view values[] = {"to", "by", "by", "", "as"};
    const auto verb = static_cast<std::size_t>(change.verb);
    Tree line;
    line.kind = Tree::Kind::map;
    const auto add = [&](std::string_view key, Tree value) {
      line.entries.push_back({std::string(key), {}, std::move(value)});
    };
    const auto scalar = [](const std::string& text) {
      Tree tree;
      tree.scalar = text;
      return tree;
    };
    add(verbs[verb], scalar(change.address));
    if (!values[verb].empty()) add(values[verb], change.value);
    if (!change.reroute.id.empty()) add("reroute", scalar(change.reroute.id));
    if (!change.only_for.empty()) {
      Tree list;
      list.kind = Tree::Kind::list;
      for (const models::Change::Name& name : change.only_for) list.items.push_back(scalar(name.id));
      add("for", std::move(list));
    }
    to.push_back(models::to_yaml_line(line));
  }
}

}  // namespace

std::string scenario_text(const Json& asked, const std::string& journey) {
  if (!asked.is_object()) refuse("a what-if is an object");
  const std::string title = text_at(asked, "title");
  if (title.empty()) refuse("the what-if has no name");
  std::string text = "format: sojourn/1\nscenario: " + one_line(title) + "\njourney: " + one_line(journey) + "\n";
  if (const std::string because = text_at(asked, "because"); !because.empty()) {
    text += "because: " + one_line(because) + "\n";
  }
  const auto changes = asked.find("changes");
  if (changes == asked.end() || !changes->is_array() || changes->empty()) refuse("nothing is changed yet");
  if (changes->size() > most_changes) refuse("more than " + std::to_string(most_changes) + " changes");
  text += "changes:\n";
  for (const Json& change : *changes) {
    if (!change.is_object()) refuse("a change is an object");
    if (change.contains("line")) {
      text += "  - " + braces_at(change) + "\n";
    } else {
      text += "  - set: " + address_at(change, "set") + "\n    to: " + value_at(change) + "\n";
      if (const std::string personas = personas_at(change); !personas.empty()) text += "    for: [" + personas + "]\n";
    }
  }
  const double once = money_at(asked, "once");
  const double per_journey = money_at(asked, "per_journey");
  if (once != 0 || per_journey != 0) {
    text += "cost: {once: " + Json(once).dump() + ", per_journey: " + Json(per_journey).dump() + "}\n";
  }
  if (const auto uncertain = asked.find("uncertain"); uncertain != asked.end() && !uncertain->empty()) {
    if (!uncertain->is_array() || uncertain->size() > most_changes) refuse("'uncertain' is a list");
    text += "uncertain:\n";
    for (const Json& one : *uncertain) {
      if (!one.is_object()) refuse("what is uncertain is an object");
      text += "  " + address_at(one, "address") + ": " + braces_at(one) + "\n";
    }
  }
  return text;
}

std::vector<UncertainLine> uncertain_of(const models::ScenarioFile& scenario) {
  std::vector<UncertainLine> lines;
  for (const models::ScenarioFile& base : scenario.bases) {
    for (UncertainLine& line : uncertain_of(base)) lines.push_back(std::move(line));
  }
  for (const Tree::Entry& entry : scenario.uncertain.entries) {
    std::erase_if(lines, [&](const UncertainLine& line) { return line.address == entry.key; });
    lines.push_back({entry.key, models::to_yaml_line(entry.value)});
  }
  return lines;
}

std::vector<std::string> changes_of(const models::ScenarioFile& scenario) {
  std::vector<std::string> lines;
  add_changes(scenario, lines);
  return lines;
}

}  // namespace sojourn::tools
