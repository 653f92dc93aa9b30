#include "tools/terminal/progress.h"

#include "tools/terminal/number_words.h"
#include "tools/terminal/text.h"

#include <cmath>

namespace sojourn::tools {

std::string progress_line(std::uint64_t done, std::uint64_t planned, double seconds, const Look& look, Phrase of) {
  std::string line = look.say(of, {whole(done, look), whole(planned, look)});
  if (done == 0 || done >= planned) return line;
  const double left = seconds * static_cast<double>(planned - done) / static_cast<double>(done);
  const auto in = [&](double unit) { return whole(static_cast<std::uint64_t>(std::ceil(left / unit)), look); };
  if (left < 90) return line + look.say(", {0} s left", {in(1)});
  if (left < 5400) return line + look.say(", {0} min left", {in(60)});
  return line + look.say(", {0} h left", {in(3600)});
}

Progress::~Progress() {
  if (drawn_width_ > 0) console_.draw("\r" + std::string(drawn_width_, ' ') + "\r");
}

double Progress::seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

void Progress::show(std::uint64_t done, std::uint64_t planned) {
  const double now = seconds();
  if (now - drawn_at_ < (drawn_width_ == 0 ? 0.3 : 0.1)) return;
  drawn_at_ = now;
  draw(
      cut(progress_line(done, planned, now, console_.err(), of_), console_.err().width - 1, console_.err().ellipsis()));
}

void Progress::draw(const std::string& line) {
  const std::size_t width = width_of(line);
  console_.draw("\r" + line + std::string(drawn_width_ > width ? drawn_width_ - width : 0, ' '));
  drawn_width_ = width;
}

}  // namespace sojourn::tools
