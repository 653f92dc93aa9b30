#include "models/data/detail/xes.h"

#include "models/data/columns.h"
#include "models/data/detail/when.h"
#include "models/text/input_file.h"

#include <expat.h>

#include <array>
#include <exception>
#include <memory>

namespace sojourn::models::detail {
namespace {

/// Role, its usual key, and whether traces carry it.
struct Key {
  std::string_view role, usual;
  bool of_trace;
};
constexpr std::array keys = {Key{"case", "concept:name", true},
                             Key{"activity", "concept:name", false},
                             Key{"time", "time:timestamp", false},
                             Key{"end", "", false},
                             Key{"persona", "", true},
                             Key{"outcome", "", true},
                             Key{"lifecycle", "lifecycle:transition", false}};
enum Role : std::size_t { kCase, kActivity, kTime, kEnd, kPersona, kOutcome, kLifecycle, kRoles };

/// The values of one event or trace, by role.
struct Values {
  std::size_t line = 0;
  std::array<std::string, kRoles> text;
};

class Xes {
 public:
  Xes(const std::string& path, const Mapping& mapping, Rejects& rejects,
      const std::function<void(const EventRow&)>& on_row)
      : file_(path), mapping_(mapping), rejects_(rejects), on_row_(on_row) {
    Diagnostics found;
    for (std::size_t role = 0; role < kRoles; ++role) {
      const auto said = mapping.events.find(keys[role].role);
      key_[role] = said == mapping.events.end() ? std::string(keys[role].usual) : said->second;
      if ((role == kPersona || role == kOutcome) &&
          is_personal(std::string_view(key_[role]).substr(key_[role].starts_with("case:") ? 5 : 0))) {
        found.error({source(), 0, 0, 1}, "'" + key_[role] + "' looks like personal data",
                    "what it holds would be written into what is learned");
      }
      if (!key_[role].empty()) shape_.columns[std::string(keys[role].role)] = key_[role];
    }
    found.refuse_if_errors();
  }

  EventShape run() {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &opened, &closed);
    // Entities of its own are what makes small files large; no event log needs them.
    XML_SetEntityDeclHandler(parser_, &entity);
    while (true) {
      constexpr int room = 1 << 18;
      void* buffer = XML_GetBuffer(parser_, room);
      if (buffer == nullptr) throw std::bad_alloc();
      const std::size_t got = file_.read(static_cast<char*>(buffer), room);
      const XML_Status status = XML_ParseBuffer(parser_, static_cast<int>(got), got == 0);
      if (thrown_) std::rethrow_exception(thrown_);
      if (status != XML_STATUS_OK) refuse(XML_ErrorString(XML_GetErrorCode(parser_)));
      if (got == 0) break;
    }
    if (!is_log_) refuse("there is no <log> in it");
    return std::move(shape_);
  }

 private:
  Source source() const { return std::make_shared<const SourceText>(SourceText{file_.path(), {}}); }

  [[noreturn]] void refuse(const std::string& why) {
    Diagnostics found;
    found.error({source(), XML_GetCurrentLineNumber(parser_), XML_GetCurrentColumnNumber(parser_) + 1, 1},
                "the file is not XES (" + why + ")", "an event log that breaks off is not learned from");
    throw InputError(std::move(found));
  }

  static void opened(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<Xes*>(self)->guarded([&](Xes& xes) { xes.open(name, attributes); });
  }
  static void closed(void* self, const XML_Char* name) {
    static_cast<Xes*>(self)->guarded([&](Xes& xes) { xes.close(name); });
  }
  static void entity(void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
                     const XML_Char*, const XML_Char*) {
    static_cast<Xes*>(self)->guarded([](Xes& xes) { xes.refuse("it declares entities"); });
  }

  /// No exception may pass through C.
  template <class Work>
  void guarded(Work work) {
    if (thrown_) return;
    try {
      work(*this);
    } catch (...) {
      thrown_ = std::current_exception();
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  void open(std::string_view name, const XML_Char** attributes) {
    ++depth_;
    if (name == "log") is_log_ = true;
    if (name == "trace" && !trace_depth_) {
      trace_depth_ = depth_;
      trace_ = {};
      trace_.line = XML_GetCurrentLineNumber(parser_);
      waiting_ = 0;
    } else if (name == "event" && trace_depth_ && !event_depth_) {
      event_depth_ = depth_;
      if (waiting_ == events_.size()) events_.emplace_back();
      Values& event = events_[waiting_++];
      for (std::string& text : event.text) text.clear();
      event.line = XML_GetCurrentLineNumber(parser_);
    } else if (event_depth_ && depth_ == event_depth_ + 1) {  // attributes of attributes are nobody's
      attribute(attributes, events_[waiting_ - 1], "");
    } else if (trace_depth_ && !event_depth_ && depth_ == trace_depth_ + 1) {
      attribute(attributes, trace_, "case:");
    }
  }

  void attribute(const XML_Char** attributes, Values& to, std::string_view prefix) {
    std::string_view key, value;
    for (; *attributes != nullptr; attributes += 2) {
      if (std::string_view(attributes[0]) == "key") key = attributes[1];
      if (std::string_view(attributes[0]) == "value") value = attributes[1];
    }
    const bool of_trace = !prefix.empty();
    for (std::size_t role = 0; role < kRoles; ++role) {
      if (key_[role].empty()) continue;
      const bool prefixed =
          of_trace && key_[role].starts_with(prefix) && std::string_view(key_[role]).substr(prefix.size()) == key;
      // "concept:name" is the case in a trace and the activity in an event.
      const bool plain = key_[role] == key && (of_trace ? keys[role].of_trace : role != kCase);
      if (prefixed || plain) to.text[role] = value;
    }
  }

  void close(std::string_view name) {
    if (name == "event" && depth_ == event_depth_) event_depth_ = 0;
    if (name == "trace" && depth_ == trace_depth_) {
      trace_depth_ = 0;
      for (std::size_t i = 0; i < waiting_; ++i) tell(events_[i]);
    }
    --depth_;
  }

  std::string_view value(const Values& event, Role role) const {
    const std::string& text = event.text[role].empty() ? trace_.text[role] : event.text[role];
    return mapping_.blank.contains(text) ? std::string_view() : std::string_view(text);
  }

  void tell(const Values& event) {
    rejects_.row();
    ++shape_.rows;
    EventRow row;
    row.line = event.line;
    row.case_id = value(event, kCase);
    row.activity = value(event, kActivity);
    row.persona = value(event, kPersona);
    row.outcome = value(event, kOutcome);
    if (row.case_id.empty()) return rejects_.reject(row.line, "its trace has no '" + key_[kCase] + "'");
    if (row.activity.empty()) return rejects_.reject(row.line, "it has no '" + key_[kActivity] + "'");
    if (read_when(row, value(event, kLifecycle), value(event, kTime), value(event, kEnd), shape_, rejects_))
      on_row_(row);
  }

  InputFile file_;
  const Mapping& mapping_;
  Rejects& rejects_;
  const std::function<void(const EventRow&)>& on_row_;
  XML_Parser parser_ = nullptr;
  std::exception_ptr thrown_;
  std::array<std::string, kRoles> key_;
  EventShape shape_;
  std::size_t depth_ = 0, trace_depth_ = 0, event_depth_ = 0;  // of elements; 0: not in one
  bool is_log_ = false;
  Values trace_;
  std::vector<Values> events_;  // the first `waiting_` are the trace's
  std::size_t waiting_ = 0;
};

}  // namespace

EventShape read_xes(const std::string& path, const Mapping& mapping, Rejects& rejects,
                    const std::function<void(const EventRow&)>& on_row) {
  return Xes(path, mapping, rejects, on_row).run();
}

}  // namespace sojourn::models::detail
