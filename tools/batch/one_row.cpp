#include "tools/batch/one_row.h"

#include "models/text/utf8.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"

namespace sojourn::tools {

int one_row(const StudyWork& work, std::uint64_t row, int threads, const Console& console) {
  const std::uint64_t point = work.point_of(row);
  for (std::size_t set = 0; set < work.scenarios(); ++set) work.plan().case_of(work.point(point, set));
  std::optional<Row> made;
  {
    const Graceful graceful;
    made = work.maker(threads)->make(row, [] { return stop_signal() == 0; });
  }
  if (!made) throw_if_stopped();
  const Look& look = console.out();
  if (!made->failure.empty()) {
    console.complain("sojourn: " + made->failure + "\n");
    return exit_code::bad_data;
  }
  if (!console.talks()) return exit_code::ok;
  std::string page = painted(look, Tone::plain, models::printable(work.plan().describe(work.point(point, 0))));
  Table table(
      {{look.say("What if"), Align::left, 18, 2}, {"NPS"}, {look.say("Change in NPS")}, {look.say("Satisfaction")}});
  const auto figure = [&](const char* name, std::size_t set) {
    const LayoutTable* found = work.layout().find(name);
    if (found == nullptr) return models::Figure{};
    const double* at = &made->values[found->first + set * kStudyStatistics];
    return models::Figure{at[0], at[1], at[2], at[3]};
  };
  for (std::size_t set = 0; set < work.scenarios(); ++set) {
    table.row({set == 0 ? look.say("As it is") : models::printable(work.plan().set_title(set)),
               with_interval(figure("nps", set), {models::Unit::nps_points}, look),
               set == 0 ? ""
                        : with_interval(figure("difference_nps", set),
                                        {models::Unit::nps_points, "", Style::Kind::difference}, look),
               with_interval(figure("satisfaction", set), {models::Unit::points}, look)});
  }
  console.print(page + table.text(look));
  return exit_code::ok;
}

}  // namespace sojourn::tools
