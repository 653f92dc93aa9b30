#pragma once
// A journey opened in the studio: what its page asks for, computed and saved. Knows nothing of HTTP.

#include "models/score/experiment.h"
#include "tools/job/inputs.h"
#include "tools/json/json_text.h"
#include "tools/studio/jobs.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

inline constexpr std::uint64_t glance_agents = 4096;   // shown while a slider moves, where more are too slow
inline constexpr std::uint64_t first_agents = 20'000;  // shown otherwise; the last without exact controls
inline constexpr std::uint64_t second_agents =
    40'960;  // then; the end of a unit (engine/tally/unit_sums.h), from where others walk on
inline constexpr std::uint64_t most_agents = 1'000'000;  // that a page may ask for
inline constexpr std::uint64_t final_agents = 100'000;   // as `compare` has it where nobody says otherwise

struct SessionPlan {
  std::string journey;
  std::vector<std::string> scenarios;
  std::uint64_t seed = 1;
  int threads = 0;
};

/// One of `look`, `text` and `save` may run beside one of `sharper`, `why`, `along` and `drivers`; nothing else at the same time.
class Session {
 public:
  /// Reads, checks and walks the journey as it is. Throws MissingFile or InputError.
  Session(SessionPlan plan, Warnings& warnings);

  /// What a calibration found (tools/report/calibration_part.h) becomes a part of the document.
  void add_calibration(Json part) { document_["calibration"] = std::move(part); }

  /// sojourn.studio/1: the base, names, sliders, and the scenarios given as variants (README.md).
  const Json& document() const { return document_; }

  // All of these throw InputError for what is wrong with what was asked, and give nothing where `wanted` said no.

  /// A what-if beside the base, over `agents` customers, few enough that a hand may wait for it.
  std::optional<Json> look(const Json& asked, const Jobs::Wanted& wanted);
  /// The same over more, with what is solved exactly: `compare`'s estimates.
  std::optional<Json> sharper(const Json& asked, const Jobs::Wanted& wanted);
  /// What each of a what-if's changes does by itself, and what they do together.
  std::optional<Json> why(const Json& asked, const Jobs::Wanted& wanted);
  /// The NPS difference along one number: `asked` has "along" (address), "values" (texts as in a file) and, where it is for some
  /// only, "for", beside the what-if, whose own change of the number is left out. Values that cannot be have null.
  std::optional<Json> along(const Json& asked, const Jobs::Wanted& wanted);
  /// The drivers of the journey as it is.
  std::optional<Json> drivers(const Json& asked, const Jobs::Wanted& wanted);
  /// {"text"}: the file that would be saved.
  std::optional<Json> text(const Json& asked, const Jobs::Wanted& wanted);
  /// Writes the scenario into the journey's folder; {"file", "command"}, or {"exists": true} where a file is there that nobody said to
  /// replace. Throws engine::IoError, too.
  std::optional<Json> save(const Json& asked, const Jobs::Wanted& wanted);

 private:
  /// A what-if that was walked, so that more customers are added to those that have travelled.
  struct Walked {
    std::string key;
    models::ScenarioFile scenario;
    models::Case changed;
    std::unique_ptr<models::Experiment> experiment;
    std::optional<engine::Tallies> tallies;
  };

  models::ScenarioFile scenario_of(const Json& asked) const;
  models::Case checked(const models::ScenarioFile& scenario) const;
  enum class Solving { with, without };
  Walked& walked(const Json& asked, std::list<Walked>& among, Solving solving) const;
  std::optional<Json> looked(const Json& asked, const Jobs::Wanted& wanted, std::uint64_t most,
                             std::list<Walked>& among, Solving solving) const;
  void refuse_if_the_journey_changed() const;
  models::RunPlan run_plan(const Json& asked, std::uint64_t most = most_agents) const;
  Json shown_of(Walked& one) const;

  SessionPlan plan_;
  std::string folder_;  // of the journey
  std::string name_;    // of the journey's file in it
  models::JourneyFile journey_;
  std::optional<models::Case> base_;
  std::unique_ptr<models::Experiment> as_it_is_;
  std::list<Walked> walked_;   // the latest first
  std::list<Walked> sharper_;  // those that know what is solved exactly
  Json document_;
  std::optional<Json> drivers_;
};

}  // namespace sojourn::tools
