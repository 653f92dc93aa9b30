// The program `sojourn-mpi`: the verb `batch` as one process of many. `sojourn batch` becomes it where mpirun started it.

#include "tools/batch/batch.h"
#include "tools/mpi/mpi_team.h"
#include "tools/program/console.h"
#include "tools/program/exit_code.h"
#include "tools/program/guarded.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"

#include <string>
#include <vector>

int main(int count, char** values) {
  using namespace sojourn::tools;
  reserve_standard_streams();
  int threads = 0;
  MPI_Init_thread(&count, &values, MPI_THREAD_FUNNELED, &threads);
  install_signal_handlers();  // behind MPI's own
  Console console;
  std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  if (arguments.empty() || arguments.front() != "batch" || threads < MPI_THREAD_FUNNELED) {
    console.complain("sojourn-mpi: 'mpirun -n R sojourn batch STUDY' starts it\n");
    MPI_Abort(MPI_COMM_WORLD, exit_code::usage);
  }
  arguments.erase(arguments.begin());
  const Messages messages;
  MpiTeam team(messages);
  int code = exit_code::ok;
  if (team.leads()) {
    code = guarded([&] { return batch_as(arguments, console, &team); }, console);
    team.dismiss();
  } else if (team.is_needed()) {
    console.set_talk(Talk::quiet);
    code = guarded([&] { return batch_as(arguments, console, &team); }, console);
    if (code != exit_code::ok) MPI_Abort(MPI_COMM_WORLD, code);  // it cannot do its part; what is done is kept
  }
  MPI_Finalize();
  return code;
}
