#pragma once
// Promises of ours. A broken one is a bug of this program, never a user's mistake: it fails loudly, in every build.

#include <stdexcept>
#include <string>

namespace sojourn::engine {

/// A broken promise of this program's own code (exit 70).
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void contract_violated(const char* kind, const char* condition, const char* file, int line,
                                    const std::string& message);

}  // namespace sojourn::engine

/// At the top of a function: what the caller promised.
#define SOJOURN_EXPECT(condition, message) \
  ((condition) ? void() : ::sojourn::engine::contract_violated("expected", #condition, __FILE__, __LINE__, message))
/// At its end: what the function promises.
#define SOJOURN_ENSURE(condition, message) \
  ((condition) ? void() : ::sojourn::engine::contract_violated("ensured", #condition, __FILE__, __LINE__, message))
