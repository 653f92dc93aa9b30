#include "tests/fuzz/targets.h"

#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "engine/store/unit_file.h"
#include "models/ask/checked_case.h"
#include "models/change/scenario_on.h"
#include "models/data/event_log.h"
#include "models/data/events.h"
#include "models/data/survey.h"
#include "models/journey/read.h"
#include "models/learn/learned.h"
#include "models/learn/write.h"
#include "models/study/plan.h"
#include "models/study/read.h"
#include "tests/support/environment.h"
#include "tools/batch/rows.h"
#include "tools/studio/session.h"

#include <nlohmann/json.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>

namespace sojourn::fuzz {
namespace {

using namespace models;

std::string scenarios() { return (tests::source_dir() / "scenarios" / "two_stop").string(); }

Source source_of(std::string_view bytes, const char* name) {
  return std::make_shared<const SourceText>(SourceText{name, std::string(bytes)});
}

/// The bytes as a file, for what reads files row by row.
class File {
 public:
  explicit File(std::string_view bytes) : descriptor_(::memfd_create("bytes", MFD_CLOEXEC)) {
    if (descriptor_ < 0 || ::write(descriptor_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      std::abort();
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

/// Runs work; what users do wrong is no finding.
template <class Work>
void tried(const Work& work) {
  try {
    work();
  } catch (const InputError&) {
  } catch (const MissingFile&) {
  } catch (const engine::FormatError&) {
  } catch (const engine::IoError&) {
  }
}

void journey(std::string_view bytes) {
  tried([&] { checked_case(read_journey(source_of(bytes, "journey.yaml")), {}); });
}

const JourneyFile& base() {
  static const JourneyFile file = read_journey_file(scenarios() + "/journey.yaml");
  return file;
}

void scenario(std::string_view bytes) {
  tried([&] {
    const ScenarioFile file = scenario_on(base(), source_of(bytes, "scenario.yaml"));
    checked_case(base(), {&file, 1});
  });
}

void study(std::string_view bytes) {
  constexpr std::uint64_t some = 64;
  tried([&] {
    const Plan plan(read_study(source_of(bytes, "study.yaml"), scenarios()));
    for (std::uint64_t i = 0; i < std::min(plan.count(), some); ++i) plan.case_of(plan.point(i));
  });
}

void mapping(std::string_view bytes) {
  tried([&] { read_mapping(source_of(bytes, "mapping.yaml")); });
}

void survey(std::string_view bytes) {
  const File file(bytes);
  tried([&] {
    Rejects rejects;
    if (holds_histograms(file.path(), {})) {
      read_histograms(file.path(), {});
    } else {
      read_answers(file.path(), {}, rejects, [](const Answer&) {});
    }
  });
}

void events(std::string_view bytes) {
  const File file(bytes);
  tried([&] {
    Rejects rejects;
    EventCollector collector;
    read_events(file.path(), {}, rejects, [&](const EventRow& row) { collector.add(row); });
    const EventLog log = collector.finish();
    const std::string text =
        learned_text(learn_journey(log, {}, source_of(bytes, "events.csv")), "Learned", "events.csv");
    read_journey(source_of(text, "learned.yaml"));
  });
}

void unit(std::string_view bytes) {
  tried([&] {
    engine::read_unit_bytes(bytes);
    tools::rows_of_payload(bytes);  // as if a unit had held it
  });
}

void result(std::string_view bytes) {
  tried([&] { engine::read_hdf5_bytes(bytes, "result.h5"); });
}

/// The request's body; the first byte says what is asked.
void studio(std::string_view bytes) {
  static const tools::Console console;
  static tools::Warnings warnings(console);
  static tools::Session session({scenarios() + "/journey.yaml", {scenarios() + "/faster.yaml"}, 1, 1}, warnings);
  if (bytes.empty()) return;
  const nlohmann::json asked = nlohmann::json::parse(bytes.substr(1), nullptr, false);
  if (asked.is_discarded() || !asked.is_object()) return;
  int left = 3;
  const auto wanted = [&] { return left-- > 0; };
  try {
    tried([&] {
      if (bytes.front() % 2 == 0) {
        session.text(asked, wanted);
      } else {
        session.look(asked, wanted);
      }
    });
  } catch (const nlohmann::json::exception&) {  // answered with 400
  }
}

constexpr Target kTargets[] = {{"journey", journey}, {"scenario", scenario}, {"study", study},
                               {"mapping", mapping}, {"survey", survey},     {"events", events},
                               {"unit", unit},       {"result", result},     {"studio", studio}};

}  // namespace

std::span<const Target> targets() { return kTargets; }

}  // namespace sojourn::fuzz
