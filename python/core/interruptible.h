#pragma once
// Long work in a thread of its own, without Python's lock, while the thread that asked for it hears Ctrl-C.

#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <optional>

namespace sojourn::python {

/// `work` is given a flag that becomes false when it is to stop; what it returns then is thrown away, and KeyboardInterrupt (or
/// what the signal's handler raised) is raised. `stop`: called at the same time. Needs Python's lock.
template <class Work>
auto interruptible(Work work, const std::function<void()>& stop = {}) {
  std::atomic<bool> wanted{true};
  std::optional<pybind11::error_already_set> interrupted;
  auto done = std::async(std::launch::async, [&] { return work(std::as_const(wanted)); });
  {
    const pybind11::gil_scoped_release unlocked;
    while (done.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
      const pybind11::gil_scoped_acquire locked;
      if (interrupted || PyErr_CheckSignals() == 0) continue;
      interrupted.emplace();
      wanted = false;
      if (stop) stop();
    }
  }
  if (!interrupted) return done.get();
  try {
    done.get();
  } catch (...) {  // it was told to stop
  }
  throw std::move(*interrupted);
}

}  // namespace sojourn::python
