#pragma once
// The document sojourn.trace/1.

#include "models/score/result.h"
#include "tools/job/traced.h"

#include <optional>
#include <string>

namespace sojourn::tools {

/// One agent's journey, and with scenarios its journey there. Names are those of both.
struct Trace {
  models::Provenance provenance;  // `agents` means nothing here
  models::Names names;
  std::uint64_t agent = 0;
  TracedJourney base;
  std::optional<TracedJourney> with;
};

std::string trace_json(const Trace& trace);

}  // namespace sojourn::tools
