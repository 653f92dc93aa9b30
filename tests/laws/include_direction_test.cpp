// Law: data and knowledge flow one way through the house. A folder includes itself and what the table allows, no more;
// the engine does not know what a customer is; what decides a bit of a walk calls nothing that differs between machines.

#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace sojourn::tests {
namespace {

using Strings = std::vector<std::string>;

/// What a folder may include beside itself. Folders of `tools` may include each other and both libraries.
const std::map<std::string, std::set<std::string>> kAllowed = {
    {"engine/base", {}},
    {"engine/random", {"engine/base"}},
    {"engine/graph", {"engine/base"}},
    {"engine/walk", {"engine/base", "engine/random"}},
    {"engine/tally", {"engine/base", "engine/random", "engine/walk"}},
    {"engine/compare", {"engine/base", "engine/random", "engine/walk", "engine/tally"}},
    {"engine/solve", {"engine/base", "engine/graph"}},
    {"engine/store", {"engine/base"}},
    {"engine/study", {"engine/base", "engine/random", "engine/walk"}},
    {"models/text", {"engine/base"}},
    {"models/data", {"engine/base", "models/text"}},
    {"models/journey", {"engine/base", "models/text"}},
    {"models/learn",
     {"engine/base", "engine/random", "engine/walk", "models/text", "models/data", "models/journey", "models/change",
      "models/check", "models/behaviour", "models/score"}},
    {"models/survey",
     {"engine/base", "engine/random", "engine/study", "models/text", "models/data", "models/journey", "models/change"}},
    {"models/replay",
     {"engine/base", "engine/random", "engine/walk", "models/text", "models/journey", "models/change",
      "models/behaviour", "models/drivers", "models/survey"}},
    {"models/calibrate",
     {"engine/base", "engine/random", "engine/study", "engine/walk", "models/text", "models/journey", "models/change",
      "models/score", "models/survey", "models/replay"}},
    {"models/schema", {"models/text", "models/journey", "models/study"}},
    {"models/change", {"engine/base", "models/text", "models/journey"}},
    {"models/behaviour",
     {"engine/base", "engine/random", "engine/walk", "engine/tally", "models/text", "models/journey", "models/change"}},
    {"models/crowd",
     {"engine/base", "engine/random", "engine/graph", "engine/walk", "engine/tally", "engine/compare",
      "models/behaviour"}},
    {"models/check",
     {"engine/base", "engine/random", "engine/graph", "engine/solve", "models/text", "models/journey",
      "models/change"}},
    {"models/score",
     {"engine/base", "engine/random", "engine/walk", "engine/tally", "engine/compare", "engine/study", "models/text",
      "models/journey", "models/change", "models/behaviour", "models/crowd"}},
    {"models/study",
     {"engine/base", "engine/random", "engine/study", "models/text", "models/journey", "models/change",
      "models/behaviour", "models/score"}},
    {"models/drivers",
     {"engine/base", "engine/random", "engine/walk", "engine/tally", "models/text", "models/journey", "models/change",
      "models/check", "models/behaviour", "models/score", "models/exact"}},
    {"models/ask",
     {"engine/base", "engine/random", "models/text", "models/journey", "models/change", "models/check", "models/score",
      "models/exact"}},
    {"models/exact",
     {"engine/base", "engine/random", "engine/walk", "engine/solve", "engine/tally", "models/text", "models/journey",
      "models/change", "models/behaviour", "models/score"}},
};

struct SourceFile {
  std::string path;  // from the top
  std::string text;
};

std::vector<SourceFile> sources(const std::string& folder) {
  std::vector<SourceFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_dir() / folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp" && extension != ".inl") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    files.push_back({std::filesystem::relative(entry.path(), source_dir()).generic_string(), text.str()});
  }
  return files;
}

/// `engine/graph` of `engine/graph/detail/boost_graph.h`.
std::string folder_of(const std::string& path) {
  const std::size_t first = path.find('/');
  const std::size_t second = path.find('/', first + 1);
  return second == std::string::npos ? path.substr(0, first) : path.substr(0, second);
}

Strings includes(const std::string& text) {
  static const std::regex line("(^|\n)[ \t]*#[ \t]*include[ \t]*[\"<]([^\">]+)[\">]");
  Strings found;
  for (auto i = std::sregex_iterator(text.begin(), text.end(), line); i != std::sregex_iterator(); ++i)
    found.push_back((*i)[2]);
  return found;
}

bool is_ours(const std::string& include) {
  return include.starts_with("engine/") || include.starts_with("models/") || include.starts_with("tools/") ||
         include.starts_with("python/") || include.starts_with("tests/");
}

/// What a file includes that it may not, one line each.
std::string forbidden(const SourceFile& file) {
  std::string text;
  const std::string here = folder_of(file.path);
  for (const std::string& include : includes(file.text)) {
    if (!is_ours(include)) continue;
    const std::string there = folder_of(include);
    bool may = there == here;
    if (here == "tools" || here.starts_with("tools/")) {
      may = !there.starts_with("tests") && !there.starts_with("python");
    } else if (here.starts_with("python/")) {
      may = !there.starts_with("tests");
    } else if (kAllowed.contains(here)) {
      may = may || kAllowed.at(here).contains(there);
    } else {
      return here + " is not in the table of this test\n";
    }
    if (include.find("/detail/") != std::string::npos && there != here) may = false;  // private parts
    if (!may) text += file.path + " includes " + include + "\n";
  }
  return text;
}

TEST(IncludeDirection, follows_the_table) {
  std::size_t files = 0;
  for (const char* top : {"engine", "models", "tools", "python"}) {
    for (const SourceFile& file : sources(top)) {
      EXPECT_EQ(forbidden(file), "");
      ++files;
    }
  }
  EXPECT_GT(files, 100U);
}

TEST(IncludeDirection, is_seen_where_it_is_wrong) {
  EXPECT_EQ(forbidden({"engine/tally/x.h", "#pragma once\n#include \"engine/compare/simulation.h\"\n"}),
            "engine/tally/x.h includes engine/compare/simulation.h\n");
  EXPECT_EQ(forbidden({"engine/walk/x.cpp", "# include <models/journey/journey.h>\n"}),
            "engine/walk/x.cpp includes models/journey/journey.h\n");
  EXPECT_EQ(forbidden({"models/check/x.cpp", "#include \"engine/graph/detail/boost_graph.h\"\n"}),
            "models/check/x.cpp includes engine/graph/detail/boost_graph.h\n");
  EXPECT_EQ(forbidden({"models/score/x.cpp", "#include \"models/behaviour/scores.h\"\n#include <vector>\n"}), "");
  EXPECT_EQ(forbidden({"engine/newly/x.h", "#include \"engine/base/math.h\"\n"}),
            "engine/newly is not in the table of this test\n");
}

TEST(IncludeDirection, has_no_circles) {
  std::map<std::string, std::set<std::string>> rest = kAllowed;
  while (!rest.empty()) {
    bool taken = false;
    for (auto folder = rest.begin(); folder != rest.end() && !taken; ++folder) {
      bool free = true;
      for (const std::string& below : folder->second) free = free && !rest.contains(below);
      if (!free) continue;
      rest.erase(folder);
      taken = true;
      break;
    }
    ASSERT_TRUE(taken) << "the folders that are left include each other in a circle";
  }
}

/// Every place in the folders' sources where a pattern occurs.
std::string places(const Strings& folders, const std::string& pattern) {
  const std::regex wanted(pattern, std::regex::icase);
  std::string text;
  for (const std::string& folder : folders) {
    for (const SourceFile& file : sources(folder)) {
      std::istringstream lines(file.text);
      std::string line;
      for (int number = 1; std::getline(lines, line); ++number) {
        if (std::regex_search(line, wanted)) text += file.path + ":" + std::to_string(number) + ": " + line + "\n";
      }
    }
  }
  return text;
}

TEST(Knowledge, the_engine_does_not_know_what_a_customer_is) {
  EXPECT_EQ(places({"engine"}, "persona|satisfaction|\\bnps\\b|promoter|yaml|touchpoint"), "");
}

TEST(Knowledge, the_libraries_print_nothing_and_read_no_clock) {
  EXPECT_EQ(
      places({"engine", "models"}, "#include <(iostream|print|chrono|ctime|random)>|std::cout|std::cerr|printf\\("),
      "");
  EXPECT_EQ(
      places({"engine/base", "engine/random", "engine/walk", "engine/tally", "engine/compare", "models"}, "getenv"),
      "");
}

TEST(Knowledge, a_walk_calls_no_libm) {
  // glibc's differ between CPUs. sqrt is correctly rounded everywhere.
  const std::string libm =
      "std::(exp2?|expm1|log|log2|log10|log1p|pow|sin|cos|tan|sinh|cosh|tanh|erfc?|[lt]gamma|cbrt|hypot|fma)\\(";
  EXPECT_EQ(places({"engine/base", "engine/random", "engine/walk", "engine/tally", "engine/compare", "models/behaviour",
                    "models/crowd", "models/journey", "models/score"},
                   libm),
            "");
  EXPECT_NE(places({"tests/laws"}, libm), "") << "the pattern finds nothing, not even here: std::exp(1)";
}

}  // namespace
}  // namespace sojourn::tests
