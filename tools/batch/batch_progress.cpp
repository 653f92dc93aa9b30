#include "tools/batch/batch_progress.h"

#include "tools/json/json_text.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {

BatchProgress::BatchProgress(const StudyWork& work, std::uint64_t planned, Form form, const Console& console)
    : work_(work), console_(console), form_(form), planned_(planned), nps_(work.scenarios(), 0.0) {}

BatchProgress::~BatchProgress() {
  if (drawn_width_ > 0) console_.draw("\r" + std::string(drawn_width_, ' ') + "\r");
}

double BatchProgress::seconds() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }

void BatchProgress::add(const std::vector<Row>& rows) {
  const LayoutTable* nps = work_.layout().find("nps");
  const std::lock_guard lock(mutex_);
  for (const Row& row : rows) {
    ++done_;
    if (!row.failure.empty()) ++failed_;
    if (row.values.empty() || nps == nullptr) continue;
    for (std::size_t s = 0; s < nps_.size(); ++s) nps_[s] += row.values[nps->first + s * kStudyStatistics];
  }
}

void BatchProgress::show() {
  const double now = seconds();
  const bool terminal = console_.err_is_terminal() && form_ == Form::lines;
  const double every = form_ == Form::json ? 1 : terminal ? 0.1 : 30;
  if (now - said_at_ < every) return;
  said_at_ = now;
  if (form_ == Form::json) return console_.complain(json_line());
  const Look& look = console_.err();
  if (!terminal) return console_.say("sojourn: " + line(look) + "\n");
  const std::string text = cut(line(look), look.width - 1, look.ellipsis());
  const std::size_t width = width_of(text);
  console_.draw("\r" + text + std::string(drawn_width_ > width ? drawn_width_ - width : 0, ' '));
  drawn_width_ = width;
}

std::string BatchProgress::line(const Look& look) const {
  const std::lock_guard lock(mutex_);
  std::string text = look.say("{0} of {1} runs", {whole(done_, look), whole(planned_, look)});
  if (failed_ > 0) text += look.say(", {0} failed", {whole(failed_, look)});
  if (done_ == 0) return text;
  const double rate = static_cast<double>(done_) / seconds();
  text += look.say(", {0} a second", {decimal(rate, rate < 10 ? 1 : 0, look)});
  const double left = static_cast<double>(planned_ - done_) / rate;
  const auto in = [&](double unit) { return whole(static_cast<std::uint64_t>(std::ceil(left / unit)), look); };
  if (left >= 5400) {
    text += look.say(", {0} h left", {in(3600)});
  } else {
    text += left < 90 ? look.say(", {0} s left", {in(1)}) : look.say(", {0} min left", {in(60)});
  }
  if (work_.layout().find("nps") == nullptr || done_ == failed_) return text;
  const auto mean = [&](std::size_t s) { return nps_[s] / static_cast<double>(done_ - failed_); };
  text += look.say(", NPS {0} so far", {decimal(mean(0), 1, look)});
  for (std::size_t s = 1; s < nps_.size() && s <= 4; ++s) text += " " + signed_decimal(mean(s) - mean(0), 1, look);
  return text;
}

std::string BatchProgress::json_line() const {
  const std::lock_guard lock(mutex_);
  const double now = seconds();
  Json json = {
      {"format", "sojourn.progress/1"}, {"done", done_}, {"planned", planned_}, {"failed", failed_}, {"seconds", now}};
  if (done_ > 0) {
    const double rate = static_cast<double>(done_) / now;
    json["per_second"] = rate;
    json["seconds_left"] = static_cast<double>(planned_ - done_) / rate;
    if (work_.layout().find("nps") != nullptr && done_ > failed_) {
      Json means = Json::array();
      for (const double sum : nps_) means.push_back(sum / static_cast<double>(done_ - failed_));
      json["nps"] = means;
    }
  }
  std::string text = json_text(json);  // more than one line, where it holds a list
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text + "\n";
}

}  // namespace sojourn::tools
