#pragma once
// The processes that mpirun started, as the verb `batch` sees them. Without MPI there is none.

#include "tools/batch/batch_job.h"

namespace sojourn::tools {

class Team {
 public:
  virtual ~Team() = default;
  /// One of them reads, writes and speaks; the others help it.
  virtual bool leads() const = 0;
  /// Of the one that leads, once there is work: with this study, from now on. Throws FormatError where another process
  /// reads another one.
  virtual Helpers& begin(const StudyWork& work) = 0;
  /// Of the others: works on what it is given until there is no more. Does nothing where the one that leads has nothing to do.
  virtual void help(const std::string& study, int threads, const Console& console) = 0;
};

}  // namespace sojourn::tools
