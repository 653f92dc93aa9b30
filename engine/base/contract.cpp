#include "engine/base/contract.h"

namespace sojourn::engine {

void contract_violated(const char* kind, const char* condition, const char* file, int line,
                       const std::string& message) {
  throw ContractViolation(std::string(file) + ":" + std::to_string(line) + ": " + kind + " " + condition + ": " +
                          message);
}

}  // namespace sojourn::engine
