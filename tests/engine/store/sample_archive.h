#pragma once
// A small archive with one of everything that an archive can hold.

#include "engine/store/archive.h"

#include <limits>

namespace sojourn::engine {

inline Archive sample_archive() {
  const double none = std::numeric_limits<double>::quiet_NaN();
  Archive archive;
  archive.attributes = {{"title", "Schuhe, Größe 42 👟"},
                        {"seed", std::uint64_t{18446744073709551615u}},
                        {"agents", std::int64_t{-9007199254740993}},
                        {"precision", 0.1},
                        {"filetype_version", std::vector<std::int64_t>{1, 0}},
                        {"ends", std::vector<double>{-0.0, 5e-324}},
                        {"nothing", ""}};
  archive.coordinates = {
      {"scenario", {"scenario"}, std::vector<std::string>{"base", "café", ""}, "Case", "", {}},
      {"answer", {"answer"}, std::vector<std::int64_t>{0, 10}, "Answer", "1", {}},
      {"level", {"level"}, std::vector<double>{0.25, 0.5, 0.75, 1}, "", "", {{"note", "numeric labels"}}},
  };
  archive.variables = {
      {"nps", {"scenario"}, std::vector<double>{31.25, none, -100}, "Net Promoter Score", "1", {{"better", "more"}}},
      {"waiting",
       {"scenario", "level"},
       std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1e-300},
       "Wait",
       "h",
       {}},
      {"met", {"answer", "scenario"}, std::vector<std::int64_t>{1, -2, 3, 4, 9223372036854775807, 6}, "", "", {}},
      {"label", {"scenario"}, std::vector<std::string>{"Ünï", "", "a\tb\nc"}, "", "", {}},
      {"words", {"answer", "level"}, std::vector<std::string>{"a", "b", "c", "d", "e", "f", "g", "h"}, "", "", {}},
      {"alone", {}, std::vector<double>{2.5}, "", "", {}},
      {"many", {}, std::vector<std::int64_t>{7}, "", "", {}},
      {"word", {}, std::vector<std::string>{"one"}, "", "", {}},
  };
  archive.texts = {{"journey", "journey: Schuhe\npersonas:\n  mia: {name: \"Mia 🎁\"}\n"}, {"empty", ""}};
  return archive;
}

/// The sample, and beside it groups whose dimensions are called like those of the root and of each other.
inline Archive grouped_archive() {
  Archive archive = sample_archive();
  archive.coordinates.push_back({"draw", {"draw"}, std::vector<std::int64_t>{0, 1, 2}, "Draw", "", {}, "posterior"});
  archive.coordinates.push_back({"level", {"level"}, std::vector<std::string>{"low"}, "", "", {}, "posterior"});
  archive.coordinates.push_back({"draw", {"draw"}, std::vector<std::int64_t>{0, 1}, "Draw", "", {}, "prior"});
  archive.variables.push_back(
      {"nps", {"level", "draw"}, std::vector<double>{1, 2, 3}, "", "1", {{"address", "a.b"}}, "posterior"});
  archive.variables.push_back({"nps", {"draw"}, std::vector<double>{4, 5}, "", "", {}, "prior"});
  archive.variables.push_back({"alone", {}, std::vector<std::string>{"no dimension"}, "", "", {}, "stats"});
  return archive;
}

}  // namespace sojourn::engine
