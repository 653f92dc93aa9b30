#include "tests/support/rearranged.h"

#include "models/journey/read.h"
#include "models/journey/write.h"
#include "tests/support/cases.h"

#include <random>
#include <utility>

namespace sojourn::tests {
namespace {

void shuffle(models::Tree& tree, std::mt19937_64& bits) {
  for (std::size_t i = tree.entries.size(); i > 1; --i) std::swap(tree.entries[i - 1], tree.entries[bits() % i]);
  for (auto& entry : tree.entries) shuffle(entry.value, bits);
}

void relabel(models::Tree& tree) {
  for (auto& [key, mark, value] : tree.entries) {
    const bool for_people = key == "label" || key == "name" || key == "quote" || key == "stage" || key == "journey" ||
                            key == "about" || key == "thinks" || key == "says" || key == "does" || key == "feels" ||
                            key == "gains";
    if (for_people && value.kind == models::Tree::Kind::scalar) value.scalar = "Ein anderer Name: " + value.scalar;
    relabel(value);
  }
}

}  // namespace

std::string rearranged(const std::string& journey, std::uint64_t seed) {
  models::Tree tree = models::read_journey(source_of(journey)).tree;
  std::mt19937_64 bits(seed);
  shuffle(tree, bits);
  return models::to_yaml(tree);
}

std::string relabelled(const std::string& journey) {
  models::Tree tree = models::read_journey(source_of(journey)).tree;
  relabel(tree);
  return models::to_yaml(tree);
}

}  // namespace sojourn::tests
