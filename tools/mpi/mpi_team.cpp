#include "tools/mpi/mpi_team.h"

#include "engine/base/contract.h"
#include "engine/store/format_error.h"
#include "engine/walk/chunks.h"
#include "tools/program/interrupt.h"

#include <deque>
#include <mutex>

namespace sojourn::tools {

Helpers& MpiTeam::begin(const StudyWork& work) {
  for (int rank = 1; rank < messages_.size(); ++rank)
    messages_.send(rank, MessageKind::begin, engine::digest_of(work.manifest()));
  return *this;
}

void MpiTeam::look(UnitQueue& queue,
                   const std::function<void(std::uint64_t unit, const std::vector<Row>& rows)>& done) {
  while (const auto message = messages_.receive()) {
    if (message->kind == MessageKind::wanted) {
      waiting_.push_back(message->from);
    } else if (message->kind == MessageKind::done) {
      auto rows = rows_of_payload(std::string_view(message->bytes).substr(sizeof(std::uint64_t)));
      SOJOURN_EXPECT(rows.has_value(), "rows of another process");
      --out_;
      done(index_of(message->bytes), *rows);
    } else {
      throw engine::FormatError("process " + std::to_string(message->from), message->bytes);
    }
  }
  while (!waiting_.empty()) {
    const auto unit = queue.try_take();
    if (!unit) return;
    messages_.send(waiting_.back(), MessageKind::unit, index_bytes(*unit));
    waiting_.pop_back();
    ++out_;
  }
}

void MpiTeam::dismiss() {
  for (int rank = 1; rank < messages_.size(); ++rank) messages_.send(rank, MessageKind::no_more);
  // What is still under way is received and dropped, so that nobody waits for its end.
  int home = 1;
  while (home < messages_.size()) {
    if (messages_.wait().kind == MessageKind::no_more) ++home;
  }
}

bool MpiTeam::is_needed() {
  const Message first = messages_.wait();
  study_digest_ = first.bytes;
  if (first.kind == MessageKind::begin) return true;
  messages_.send(0, MessageKind::no_more);
  return false;
}

void MpiTeam::help(const std::string& study, int threads, const Console& console) {
  const Graceful graceful;
  Warnings warnings(console);
  const std::unique_ptr<StudyWork> work = read_study_work(study, warnings);
  if (engine::digest_of(work->manifest()) != study_digest_) {
    messages_.send(0, MessageKind::gives_up, "it reads another study, or is another program, than the first process");
    while (messages_.wait().kind != MessageKind::no_more) {
    }
    return messages_.send(0, MessageKind::no_more);
  }

  std::mutex mutex;
  std::deque<std::pair<std::uint64_t, std::string>> outbox;
  bool over = false;
  UnitQueue queue;
  UnitWork crew;
  crew.plan = work->unit_plan();
  crew.workers = engine::worker_count({.threads = threads});
  crew.maker = [&] { return work->maker(1); };
  crew.done = [&](std::uint64_t unit, const std::vector<Row>& rows) {
    const std::lock_guard lock(mutex);
    outbox.emplace_back(unit, rows_payload(rows));
  };
  crew.look_every_ms = 2;
  for (int i = 0; i <= crew.workers; ++i) messages_.send(0, MessageKind::wanted);  // one in reserve
  const auto send_all = [&] {
    std::deque<std::pair<std::uint64_t, std::string>> sent;
    {
      const std::lock_guard lock(mutex);
      sent.swap(outbox);
    }
    for (const auto& [unit, rows] : sent) {
      messages_.send(0, MessageKind::done, index_bytes(unit) + rows);
      messages_.send(0, MessageKind::wanted);
    }
  };
  crew.look = [&] {
    send_all();
    while (const auto message = messages_.receive()) {
      if (message->kind == MessageKind::unit) queue.add(index_of(message->bytes));
      if (message->kind == MessageKind::no_more) over = true;
    }
    return !over;
  };
  run_units(crew, queue);
  messages_.send(0, MessageKind::no_more);
}

}  // namespace sojourn::tools
