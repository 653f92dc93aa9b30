#include "models/change/scenario.h"

#include "models/change/scenario_on.h"
#include "models/journey/fields.h"
#include "models/journey/read.h"
#include "models/journey/validate.h"
#include "models/journey/values.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_chain = 64;  // scenarios on scenarios

std::string canonical(const std::filesystem::path& path) {
  std::error_code failed;
  const std::filesystem::path found = std::filesystem::canonical(path, failed);
  return failed ? std::string() : found.string();
}

std::string text_of(const Tree& tree, std::string_view key) {
  const Tree* found = tree.find(key);
  return found ? found->scalar : std::string();
}

double cost_of(const Tree& tree, std::string_view key) {
  const Tree* cost = tree.find("cost");
  const Tree* found = cost ? cost->find(key) : nullptr;
  return found ? valid_value(*found, find_field(*find_field(scenario_record(), "cost")->type.record, key)->type) : 0;
}

bool is_journey(const Tree& tree, Diagnostics& diagnostics) {
  if (tree.find("scenario") || !tree.find("touchpoints")) return false;
  Mark mark = tree.entries.front().mark;
  diagnostics.error(mark, "this is a journey, and a scenario is needed here",
                    "a scenario has a title 'scenario:' and a list 'changes:'",
                    "Name the journey first, and scenarios after it");
  return true;
}

ScenarioFile parse(const Source& source) {
  ScenarioFile file;
  file.source = source;
  const Tree tree = parse_tree(source, file.warnings);
  if (!is_journey(tree, file.warnings)) validate(tree, scenario_record(), file.warnings);
  file.warnings.refuse_if_errors();
  file.title = text_of(tree, "scenario");
  file.because = text_of(tree, "because");
  file.journey = text_of(tree, "journey");
  file.journey_mark = tree.find("journey")->mark;
  file.changes = read_changes(*tree.find("changes"));
  file.cost_once = cost_of(tree, "once");
  file.cost_per_journey = cost_of(tree, "per_journey");
  file.uncertain.kind = Tree::Kind::map;
  if (const Tree* uncertain = tree.find("uncertain")) file.uncertain = *uncertain;
  return file;
}

[[noreturn]] void refuse(const ScenarioFile& file, const std::string& what, const std::string& why) {
  Diagnostics problem = file.warnings;
  problem.error(file.journey_mark, what, why);
  throw InputError(std::move(problem));
}

/// What the scenario stands on, down to the journey. `above` are the canonical paths of those that stand on it.
void follow(ScenarioFile& file, const std::filesystem::path& folder, std::vector<std::string> above) {
  const std::string path = (folder / file.journey).string();
  Source base;
  try {
    base = read_source(path);
  } catch (const MissingFile& missing) {
    const std::string text = missing.what();  // "path: error: cannot read the file (there is no such file)"
    const std::size_t reason = text.rfind("file (");
    refuse(file, "the journey " + models::quoted(file.journey) + " cannot be read",
           reason == std::string::npos ? text : text.substr(reason + 6, text.size() - reason - 7));
  }
  const std::string there = canonical(path);
  const FileKind kind = kind_of(base);
  if (kind == FileKind::journey) {
    file.journey_canonical = there;
    return;
  }
  if (kind != FileKind::scenario) {  // of which not a line is shown
    refuse(file, models::quoted(file.journey) + " is not a journey",
           "it has neither outcomes nor the title of a scenario");
  }
  if (std::ranges::find(above, there) != above.end()) {
    refuse(file, "the scenario stands on itself by way of " + models::quoted(file.journey),
           "somewhere below must be a journey");
  }
  if (above.size() > longest_chain) {
    refuse(file, "more than " + std::to_string(longest_chain) + " scenarios stand on one another", "");
  }
  above.push_back(there);
  ScenarioFile below = parse(base);
  below.canonical = there;
  follow(below, std::filesystem::path(path).parent_path(), std::move(above));
  file.journey_canonical = below.journey_canonical;
  file.bases = std::exchange(below.bases, {});
  file.bases.push_back(std::move(below));
}

}  // namespace

ScenarioFile read_scenario(const Source& source, const std::string& folder) {
  ScenarioFile file = parse(source);
  follow(file, folder, {});
  return file;
}

ScenarioFile scenario_on(const JourneyFile& journey, const Source& source) {
  ScenarioFile file = parse(source);
  file.journey_canonical = journey.canonical;
  return file;
}

ScenarioFile read_scenario_file(const std::string& path) {
  ScenarioFile file = parse(read_source(path));
  file.canonical = canonical(path);
  follow(file, std::filesystem::path(path).parent_path(), {file.canonical});
  return file;
}

FileKind kind_of(const Source& source) {
  static constexpr std::string_view telling[] = {"scenario", "study", "outcomes", "start"};
  std::vector<std::string> keys;
  const std::string_view text = source->text;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') {
    Diagnostics unread;
    for (const Tree::Entry& entry : parse_tree(source, unread).entries) keys.push_back(entry.key);
  } else {
    // The keys of the top level begin a line; nothing else that does is a key. So a large journey is not parsed twice.
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view line = text.substr(at, text.find('\n', at) - at);
      at += line.size() + 1;
      std::string_view key = line.substr(0, line.find(':'));
      if (key.size() > 1 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front()) {
        key = key.substr(1, key.size() - 2);
      }
      if (std::ranges::find(telling, key) != std::end(telling)) keys.emplace_back(key);
    }
  }
  const auto has = [&](std::string_view key) { return std::ranges::find(keys, key) != keys.end(); };
  if (has("study")) return FileKind::study;
  if (has("outcomes") || has("start")) return FileKind::journey;
  return has("scenario") ? FileKind::scenario : FileKind::unknown;
}

}  // namespace sojourn::models
