#pragma once
// The processes of mpirun as a team: the first one leads, keeps the folder and works, too; the others get units from it one by one, as
// they are done with those before, and give back rows. Which process made a unit leaves no trace.

#include "tools/batch/team.h"
#include "tools/mpi/messages.h"

#include <vector>

namespace sojourn::tools {

class MpiTeam : public Team, public Helpers {
 public:
  explicit MpiTeam(const Messages& messages) : messages_(messages) {}

  bool leads() const override { return messages_.rank() == 0; }
  Helpers& begin(const StudyWork& work) override;
  /// Of the others, before anything else: waits until the one that leads has found no mistake and something to do.
  bool is_needed();
  void help(const std::string& study, int threads, const Console& console) override;

  void look(UnitQueue& queue,
            const std::function<void(std::uint64_t unit, const std::vector<Row>& rows)>& done) override;
  bool are_working() const override { return out_ > 0; }

  /// Of the one that leads, at the end of whatever it did: sends the others home.
  void dismiss();

 private:
  const Messages& messages_;
  std::vector<int> waiting_;  // ranks that want a unit, each as often as it does
  std::uint64_t out_ = 0;     // units that were given away and are not back
  std::string study_digest_;  // as the one that leads has it
};

}  // namespace sojourn::tools
