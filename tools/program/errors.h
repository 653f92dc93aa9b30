#pragma once
// What ends a verb early and is neither a mistake in a file (models/text/diagnostic.h), nor a file that cannot be written
// (engine/base/io_error.h), nor a bug of ours (engine/base/contract.h).

#include <stdexcept>
#include <string>

namespace sojourn::tools {

/// What was typed cannot be meant (exit 2). what() is the sentence.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Standard output could not be written (exit 74). An empty text: its reader has gone, and nobody is told.
class StandardOutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A signal asked to stop (exit 128 + signal).
struct Stopped {
  int signal;
};

}  // namespace sojourn::tools
