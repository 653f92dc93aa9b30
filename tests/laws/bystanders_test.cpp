// Law: what nobody meets changes no number: an unreachable touchpoint, an unused pain, goal or outcome, a persona of
// share 0, a channel that nobody uses. They stand first in the file, so that every position behind them moves.

#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

#include "models/journey/read.h"
#include "models/journey/write.h"

namespace sojourn::tests {
namespace {

using models::Tree;

/// A map's entry from a line of YAML.
Tree::Entry entry(const std::string& key, const std::string& yaml) {
  models::Diagnostics problems;
  return {key, {}, parse_tree(source_of("value: " + yaml + "\n"), problems).entries.front().value};
}

/// Puts an entry first into a map of the tree; makes the map where there is none.
void put_first(Tree& tree, const std::string& section, const Tree::Entry& made) {
  Tree* map = tree.find(section);
  if (map == nullptr) {
    tree.entries.push_back(entry(section, "{}"));
    map = tree.find(section);
  }
  map->entries.insert(map->entries.begin(), made);
}

/// The journey with things that nobody meets.
std::string with_bystanders(const std::string& journey, const std::string& touchpoint) {
  Tree tree = models::read_journey(source_of(journey)).tree;
  put_first(tree, "personas", entry("aa-nobody", "{share: 0, patience: 1 min, goals: {aa-none: {importance: 3}}}"));
  put_first(tree, "pains", entry("aa-none", "{severity: 3, lasting: true, lingering: 2}"));
  put_first(tree, "goals", entry("aa-none", "{}"));
  put_first(tree, "outcomes", entry("aa-nowhere", "{success: true}"));
  put_first(
      tree, "touchpoints",
      entry("aa-unreachable", "{experience: {normal: {mean: 3, sd: 2}}, pains: {aa-none: {probability: 1}}, next: {" +
                                  touchpoint + ": {weight: 1}, aa-nowhere: {weight: 1}}}"));
  for (Tree::Entry& one : tree.find("touchpoints")->entries) {
    if (Tree* channels = one.value.find("channels")) {
      if (!channels->entries.empty())
        channels->entries.insert(channels->entries.begin(), entry("aa-unused", "{share: 0, experience: 1}"));
    }
  }
  return models::to_yaml(tree);
}

/// Those of `all` that are among `names`.
FiguresByAddress only(const FiguresByAddress& all, const FiguresByAddress& names) {
  FiguresByAddress some;
  for (const auto& [address, figure] : all) {
    if (names.contains(address)) some[address] = figure;
  }
  return some;
}

FiguresByAddress figures_of(const std::string& journey, const std::vector<std::string>& changes) {
  const models::Case base = case_of(journey);
  const models::Case changed = changed_case(journey, changes);
  const models::Experiment experiment({&base, &changed});
  return all_figures(experiment, 1'200);
}

TEST(Bystanders, change_no_number) {
  int compared = 0;
  for_all(50, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    try {
      const auto expected = figures_of(what_if.journey.text, what_if.changes);
      const auto figures =
          figures_of(with_bystanders(what_if.journey.text, what_if.journey.touchpoints.front()), what_if.changes);
      ++compared;
      return difference(expected, only(figures, expected));
    } catch (const models::InputError&) {
      return "";  // somebody is stuck, or what was unused is not after the change
    }
  });
  EXPECT_GT(compared, 30);
}

TEST(Bystanders, that_are_met_do_change_numbers) {
  const std::string journey =
      "personas: {p: {}}\ntouchpoints: {t: {experience: 7, next: {done: 1}}}\nstart: t\noutcomes: {done: {}}\n";
  const auto expected = figures_of(journey, {});
  Tree tree = models::read_journey(source_of(with_bystanders(journey, "t"))).tree;
  *tree.find("personas")->find("aa-nobody")->find("share") = entry("share", "0.5").value;
  EXPECT_NE(difference(expected, only(figures_of(models::to_yaml(tree), {}), expected)), "");
}

}  // namespace
}  // namespace sojourn::tests
