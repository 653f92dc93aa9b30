// Large journeys of the kinds that make a graph check slow: a megabyte each, checked in a second and 256 MB.

#include "tests/models/check/checked.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmath>
#include <functional>
#include <random>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool measured = false;  // instrumented code takes its own time and memory
#else
constexpr bool measured = true;
#endif

namespace sojourn::tests {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string t(std::size_t i) { return "t" + std::to_string(i); }

std::string repeated(std::size_t count, const std::function<std::string(std::size_t)>& part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part(i);
  return text;
}

/// A journey that starts at t0 and ends at `done`; `next(i)` is what stands in the braces of touchpoint i.
std::string journey(std::size_t touchpoints, const std::function<std::string(std::size_t)>& next,
                    const std::string& rest = "personas: {anna: {}}\n") {
  return "journey: large\n" + rest + "limits: {visits: 10000000}\nstart: t0\noutcomes: {done: {}}\ntouchpoints:\n" +
         repeated(touchpoints,
                  [&](std::size_t i) { return "  " + t(i) + ": {experience: 5, next: {" + next(i) + "}}\n"; });
}

/// Checks in a process of its own, so that time and memory can be measured and no crash is anybody else's.
void expect_bounded(const std::string& text, const std::function<bool(const Checked&)>& good) {
  EXPECT_LE(text.size(), 1'100'000U);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::alarm(60);
    const models::Case one = read_case(text);
    rusage before{};
    ::getrusage(RUSAGE_SELF, &before);
    const Checked result = checked(one);
    rusage after{};
    ::getrusage(RUSAGE_SELF, &after);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    const double took =
        seconds(after.ru_utime) - seconds(before.ru_utime) + seconds(after.ru_stime) - seconds(before.ru_stime);
    bool held = good(result);
    if (measured) held = held && took < 2 && after.ru_maxrss / 1024 < 256;  // twice a second: a busy machine is slower
    if (!held) {
      fprintf(stderr, "%.2f s, %ld MB, %zu lines, the first: %s\n", took, after.ru_maxrss / 1024, result.lines.size(),
              result.lines.empty() ? "-" : result.lines.front().c_str());
    }
    ::_exit(held ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "ended with status " << status;
}

std::function<bool(const Checked&)> takes(double visits) {
  return [=](const Checked& result) {
    return result.lines.empty() && result.lengths[0].visits &&
           std::abs(*result.lengths[0].visits - visits) <= 1e-9 * visits;
  };
}

TEST(HostileLargeGraphs, a_chain) {
  constexpr std::size_t n = 20'000;
  expect_bounded(journey(n, [](std::size_t i) { return (i + 1 < n ? t(i + 1) : "done") + ": 1"; }), takes(n));
}

TEST(HostileLargeGraphs, a_chain_into_a_trap) {
  constexpr std::size_t n = 20'000;
  expect_bounded(journey(n, [](std::size_t i) { return (i + 1 < n ? t(i + 1) : t(i)) + ": 1"; }), [](const Checked&
                                                                                                         result) {
    return result.lines ==
               Lines{
                   "20006:3: error: no outcome can be reached from touchpoint 't19999' (it leads only to itself, and "
                   "limits.visits is no way out: t0 -> t1 -> t2 -> t3 -> t4 -> (19990 more) -> t19995 -> t19996 -> "
                   "t19997 -> t19998 -> t19999; 't0', 't1', 't2', 't3' and 19995 others lead only there). Add an "
                   "edge to an outcome, such as 'done: 1' in touchpoints.t19999.next"} &&
           result.lengths[0].visits == infinity;
  });
}

TEST(HostileLargeGraphs, a_ring) {
  constexpr std::size_t n = 20'000;
  expect_bounded(journey(n, [](std::size_t i) { return i + 1 < n ? t(i + 1) + ": 1" : "t0: 1, done: 1"; }),
                 takes(2 * n));
}

TEST(HostileLargeGraphs, a_hub) {
  constexpr std::size_t n = 15'000;
  const auto spokes = repeated(n - 1, [](std::size_t i) { return t(i + 1) + ": 1, "; });
  expect_bounded(journey(n, [&](std::size_t i) { return i == 0 ? spokes + "done: 1" : "t0: 1"; }), takes(2 * n - 1));
}

TEST(HostileLargeGraphs, a_walk_along_a_line) {
  // Half a step up and half down, out at either end, from the lower end: i (N - i) steps with i = 1.
  constexpr std::size_t n = 16'000;
  expect_bounded(journey(n,
                         [](std::size_t i) {
                           return (i > 0 ? t(i - 1) + ": 1, " : "done: 1, ") + (i + 1 < n ? t(i + 1) : "abandoned") +
                                  ": 1";
                         }),
                 takes(n));
}

TEST(HostileLargeGraphs, a_tangle) {
  constexpr std::size_t n = 16'000;
  std::mt19937 chance(1);
  expect_bounded(journey(n,
                         [&](std::size_t i) {
                           return t((i + 1) % n) + ": 1, " + t((i + 2 + chance() % (n - 4)) % n) + ": 1, done: 1";
                         }),
                 [](const Checked& result) {
                   return result.lines.empty() &&
                          result.lengths[0].why_not == "the journey's loops are too large and too dense";
                 });
}

TEST(HostileLargeGraphs, thousands_of_traps) {
  constexpr std::size_t n = 15'000;
  const auto all = repeated(n - 1, [](std::size_t i) { return t(i + 1) + ": 1, "; });
  expect_bounded(journey(n, [&](std::size_t i) { return i == 0 ? all : t(i) + ": 1"; }), [](const Checked& result) {
    return result.lines.size() == models::Diagnostics::kept &&
           result.lines.front().find("'t1' (it leads only to itself") != std::string::npos;
  });
}

TEST(HostileLargeGraphs, thousands_that_nobody_reaches) {
  expect_bounded(journey(20'000, [](std::size_t) { return "done: 1"; }), [](const Checked& result) {
    return result.lines.size() == models::Diagnostics::kept &&
           result.lines.front().find("'t1' is never reached") != std::string::npos;
  });
}

/// `pains` lasting pains at each of `touchpoints`, all of which steer.
std::string steered(std::size_t pains, std::size_t touchpoints, const std::string& risk) {
  const auto p = [](std::size_t i) { return "p" + std::to_string(i); };
  const std::string all = repeated(pains, [&](std::size_t i) { return p(i) + ": {severity: 1, lasting: true}, "; });
  const std::string here = repeated(pains, [&](std::size_t i) { return p(i) + ": {" + risk + "}, "; });
  return journey(
      touchpoints,
      [&](std::size_t i) {
        const std::string pain = "{pain: " + p(i % pains) + "}";
        return t((i + 1) % touchpoints) + ": {if: " + pain + "}, done: {unless: " + pain + "}}, pains: {" + here;
      },
      "personas: {anna: {}}\npains: {" + all + "}\n");
}

bool too_many(const Checked& result) {
  return !result.lines.empty() &&
         result.lines.front().find("there are too many combinations of goals and pains") != std::string::npos;
}

TEST(HostileLargeGraphs, many_pains_that_steer) {
  expect_bounded(steered(30, 1000, "probability: 0.5"), too_many);
  expect_bounded(steered(60, 500, "after: 1 h"), too_many);
  expect_bounded(steered(100, 300, "probability: 0.5"), too_many);
}

TEST(HostileLargeGraphs, many_personas) {
  constexpr std::size_t n = 8'000;
  const auto personas = repeated(
      n, [](std::size_t i) { return "  p" + std::to_string(i) + ": {patience: " + std::to_string(i + 1) + " min}\n"; });
  expect_bounded(journey(
                     n,
                     [](std::size_t i) {
                       return t((i + 1) % n) + ": 1, done: 1}, duration: {gamma: {mean: " + std::to_string(i + 1) +
                              " min, sd: 1 min}";
                     },
                     "personas:\n" + personas),
                 [](const Checked& result) {
                   return result.lines.size() == 1 &&
                          result.lines.front().starts_with("2:1: warning: there are too many different personas") &&
                          result.lengths.front().visits &&
                          result.lengths.back().why_not == "there are too many different personas";
                 });
}

}  // namespace
}  // namespace sojourn::tests
