#pragma once
// What the checks found, said once where it holds for several personas.

#include "models/journey/journey.h"
#include "models/text/diagnostic.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sojourn::models::detail {

struct Finding {
  Diagnostic::Severity severity = Diagnostic::Severity::error;
  Mark mark;
  std::string what;  // "no outcome can be reached from touchpoint 'x'", then perhaps " for persona 'mia'",
  std::string when;  // then " once pain 'late' is open", or empty
  std::string why;
  std::string suggestion;
};

class Findings {
 public:
  /// The personas, by their numbers, that the next findings hold for; none means everyone.
  void about(std::vector<std::size_t> personas) { personas_ = std::move(personas); }
  /// One with the same mark, `what` and `when` joins the one before; the severer counts.
  void add(Finding finding);
  /// So many that one more will hardly be shown: not worth a costly suggestion or witness.
  bool crowded() const { return list_.size() >= 200; }
  /// `travelling`: the personas that there are; a finding about all of them names none.
  void report(const std::vector<Persona>& personas, std::size_t travelling, Diagnostics& diagnostics) const;

 private:
  struct Entry {
    Finding finding;
    std::vector<std::size_t> personas;
    std::string key;
  };

  bool make_room();  // drops the last warning, so that an error is kept

  std::vector<std::size_t> personas_;
  std::vector<Entry> list_;                             // at most Diagnostics::kept
  std::size_t more_errors_ = 0, more_warnings_ = 0;     // counted only
  std::unordered_map<std::string, std::size_t> known_;  // by mark, `what` and `when`
};

/// 'a', 'b' and 'c'; of more than six, the first four "and 17 others".
std::string quoted_list(const std::vector<std::string_view>& ids);

/// wish -> bake -> loop; of a long one, both ends.
std::string path_text(const std::vector<std::string_view>& ids);

}  // namespace sojourn::models::detail
