#pragma once
// What fuzzing begins with: files of the tree, and what no file holds.

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::fuzz {

struct Seed {
  std::string name;
  std::string bytes;
};

/// Of a target; what was found before (found/TARGET/) is among them.
std::vector<Seed> seeds_of(std::string_view target);

}  // namespace sojourn::fuzz
