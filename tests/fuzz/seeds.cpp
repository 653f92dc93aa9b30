#include "tests/fuzz/seeds.h"

#include "engine/store/hdf5.h"
#include "engine/store/unit_file.h"
#include "tests/support/environment.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace sojourn::fuzz {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Files of the tree, or folders of them, below its top.
const std::map<std::string_view, std::vector<std::string>> kFiles = {
    {"journey",
     {"tests/hostile", "scenarios/airport/journey.yaml", "scenarios/santa/journey.yaml",
      "scenarios/two_stop/journey.yaml"}},
    {"scenario",
     {"scenarios/two_stop/faster.yaml", "scenarios/airport/security.yaml", "scenarios/santa/elf-chat.yaml"}},
    {"study", {"tests/hostile/program/study", "scenarios/airport/study.yaml", "scenarios/santa/study.yaml"}},
    {"mapping", {"tests/hostile/program/mapping", "scenarios/airport/mapping.yaml"}},
    {"survey", {"tests/hostile/program/survey", "tests/hostile/program/observed"}},
    {"events", {"tests/hostile/program/events"}},
};

void add_files(const fs::path& path, std::vector<Seed>& seeds) {
  constexpr std::uintmax_t most = 1 << 20;
  if (fs::is_regular_file(path)) {
    if (fs::file_size(path) <= most) seeds.push_back({path.filename().string(), bytes_of(path)});
  } else if (fs::is_directory(path)) {
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.is_regular_file()) inside.push_back(entry.path());
    }
    std::ranges::sort(inside);
    for (const fs::path& one : inside) add_files(one, seeds);
  }
}

engine::Archive archive() {
  engine::Archive small;
  small.attributes = {{"title", std::string("Small")}};
  small.coordinates = {{"point", {"point"}, std::vector<std::int64_t>{0, 1}, "Point", "", {}}};
  small.variables = {{"nps", {"point"}, std::vector<double>{1.5, -2}, "NPS", "1", {}}};
  return small;
}

}  // namespace

std::vector<Seed> seeds_of(std::string_view target) {
  const fs::path top = tests::source_dir();
  std::vector<Seed> seeds;
  if (const auto files = kFiles.find(target); files != kFiles.end()) {
    for (const std::string& file : files->second) add_files(top / file, seeds);
  }
  if (target == "unit") seeds.push_back({"unit", engine::unit_bytes({std::string(64, 'a'), 3}, "payload")});
  if (target == "result") seeds.push_back({"result", engine::hdf5_bytes(archive())});
  if (target == "studio") {
    const std::string change = R"({"changes":[{"scale":"touchpoints.ask.duration","by":0.5}],"agents":500})";
    seeds.push_back({"text", "0" + change});
    seeds.push_back({"look", "1" + change});
    seeds.push_back({"cost", R"(0{"title":"T","because":"B","cost":{"once":5},"changes":[]})"});
  }
  add_files(top / "tests" / "fuzz" / "found" / target, seeds);
  return seeds;
}

}  // namespace sojourn::fuzz
