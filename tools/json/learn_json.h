#pragma once
// sojourn.learn/1.

#include "models/learn/held_out.h"
#include "models/learn/simulated_cases.h"
#include "models/score/result.h"

#include <map>
#include <optional>
#include <string>

namespace sojourn::tools {

/// What a test log came to.
struct LearnTest {
  models::FileStamp file;
  models::HeldOutCases held_out;
  models::Likeness likeness;
};

struct LearnResult {
  std::string program;                                      // "sojourn 0.1.0"
  std::string out;                                          // where the journey was written
  models::FileStamp events;                                 // without a title or digest
  std::map<std::string, std::string, std::less<>> columns;  // role to column
  std::uint64_t rows = 0, rejected = 0;
  models::LearnedJourney journey;
  std::optional<LearnTest> test;
};

std::string learn_json(const LearnResult& result);

}  // namespace sojourn::tools
