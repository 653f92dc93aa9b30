// fuzz_seeds FOLDER: the seeds where libFuzzer takes them, FOLDER/TARGET/.

#include "tests/fuzz/seeds.h"
#include "tests/fuzz/targets.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

int main(int count, char** words) {
  if (count != 2) return std::fputs("fuzz_seeds FOLDER\n", stderr), 2;
  for (const auto& target : sojourn::fuzz::targets()) {
    const std::filesystem::path folder = std::filesystem::path(words[1]) / target.name;
    std::filesystem::create_directories(folder);
    for (const auto& seed : sojourn::fuzz::seeds_of(target.name)) {
      std::ofstream file(folder / seed.name, std::ios::binary);
      if (!(file << seed.bytes).flush()) return std::perror(folder.c_str()), 1;
    }
  }
}
