#pragma once
// XES, the XML of event logs (IEEE 1849), a trace at a time.

#include "models/data/events.h"

namespace sojourn::models::detail {

/// As read_events. A role's name is the key of an attribute of the event, or with "case:" before it (or where the event has none
/// of that key) of the trace. A trace's own attributes are known only when it ends, so its events wait until then.
EventShape read_xes(const std::string& path, const Mapping& mapping, Rejects& rejects,
                    const std::function<void(const EventRow&)>& on_row);

}  // namespace sojourn::models::detail
