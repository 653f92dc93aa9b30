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
  std::string what;         // "no outcome can be reached from touchpoint 'x'"; " for persona 'mia'" may follow
  std::string why;
  std::string suggestion;
};

class Findings {
 public:
  /// Of the personas, by their numbers, that the next findings hold for.
  void about(std::vector<std::size_t> personas) { personas_ = std::move(personas); }
  /// One with the same mark and `what` joins the one before; the severer counts.
  void add(Finding finding);
  bool crowded() const { return list_.size() >= 200; }   // so many that costly details are not worth it any more
  /// `travelling`: the personas that there are; a finding about all of them names none.
  void report(const std::vector<Persona>& personas, std::size_t travelling, Diagnostics& diagnostics) const;

 private:
  struct Entry {
    Finding finding;
    std::vector<std::size_t> personas;
  };

  std::vector<std::size_t> personas_;
  std::vector<Entry> list_;
  std::unordered_map<std::string, std::size_t> known_;   // by mark and `what`
};

/// 'a', 'b' and 'c'; of more than six, the first four "and 17 others".
std::string quoted_list(const std::vector<std::string_view>& ids);

/// wish -> bake -> loop; of a long one, both ends.
std::string path_text(const std::vector<std::string_view>& ids);

}  // namespace sojourn::models::detail
