#pragma once
// Whether this program, on this machine, gives the results that it must.

#include <string>
#include <vector>

namespace sojourn::tools {

/// The same journey, walked in one kind of lanes.
struct SelfTest {
  std::string lanes;   // as models/crowd/crowd.h names them; "" is walking one by one
  std::string digest;  // SHA-256 of the figures
  bool as_known = false;
};

/// What the figures of every machine come to.
extern const char* const kKnownDigest;

/// In each kind of lanes that this machine can run, the best first. Not while anything else walks. A few tens of milliseconds each.
std::vector<SelfTest> self_tests();

/// How many customers travel in each.
inline constexpr unsigned kSelfTestAgents = 6'000;

}  // namespace sojourn::tools
