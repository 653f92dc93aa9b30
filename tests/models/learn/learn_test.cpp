#include "models/learn/learned.h"

#include "engine/random/luck.h"
#include "models/change/views.h"
#include "models/check/check.h"
#include "models/learn/held_out.h"
#include "models/learn/simulated_cases.h"
#include "models/learn/write.h"
#include "tests/models/learn/logs.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace sojourn::models {
namespace {

using tests::log_of;
using tests::LogWriter;

/// What check finds in the journey as a file; it must be readable.
std::string problems(const LearnedJourney& journey) {
  const JourneyFile file = read_journey(std::make_shared<const SourceText>(
      SourceText{"learned.yaml", learned_text(journey, "Title: #1 \"x\"", "a\nlog")}));
  const Case one = build_case(file, {});
  Diagnostics found;
  check_journey(one, found);
  return found.format() + file.warnings.format() + one.warnings.format();
}

LearnedJourney learned(const EventLog& log, const LearnOptions& options = {}) {
  LearnedJourney journey = learn_journey(log, options, nullptr);
  EXPECT_EQ(problems(journey), "");
  return journey;
}

const LearnedTouchpoint& at(const LearnedJourney& journey, const std::string& id) {
  const auto found = std::ranges::find(journey.touchpoints, id, &LearnedTouchpoint::id);
  EXPECT_NE(found, journey.touchpoints.end()) << id;
  return *found;
}

double share(const LearnedJourney& journey, const std::vector<LearnedEdge>& edges, const std::string& to) {
  double sum = 0, found = 0;
  for (const LearnedEdge& edge : edges) {
    sum += edge.probability;
    const std::uint32_t elsewhere = journey.elsewhere_node();
    const std::string id = edge.to < elsewhere    ? journey.touchpoints[edge.to].id
                           : edge.to == elsewhere ? "elsewhere"
                                                  : journey.exits[edge.to - elsewhere - 1].id;
    if (id == to) found += edge.probability;
  }
  return found / sum;
}

double uniform(std::uint64_t i, std::uint32_t draw) {
  return engine::uniform(engine::luck_of(engine::place_key(7, "tests/learn"), i, 0, 0).block(draw)[0]);
}

TEST(Learn, ways_are_shares) {
  std::vector<std::string> cases(300, "ab");
  cases.insert(cases.end(), 100, "ac");
  const LearnedJourney journey = learned(log_of(cases));
  EXPECT_EQ(journey.touchpoints.size(), 3U);
  EXPECT_EQ(journey.order, 1U);
  EXPECT_NEAR(share(journey, at(journey, "a").next, "b"), 0.75, 0.003);
  EXPECT_NEAR(share(journey, at(journey, "a").next, "c"), 0.25, 0.003);
  EXPECT_NEAR(share(journey, at(journey, "b").next, "end"), 1, 0.003);
  EXPECT_GT(share(journey, at(journey, "b").next, "elsewhere"), 0) << "what was never seen is not impossible";
  EXPECT_EQ(at(journey, "a").duration_ms.a, 3'600'000);
  ASSERT_EQ(journey.personas.size(), 1U);
  EXPECT_NEAR(share(journey, journey.personas[0].start, "a"), 1, 0.003);
}

TEST(Learn, the_same_log_gives_the_same_file) {
  const auto text = [](bool backwards) {
    std::vector<std::string> cases;
    for (int i = 0; i < 60; ++i) cases.push_back(i % 3 ? "abcab" : "bcd");
    LogWriter writer;
    // Rows of one case the other way round: time orders them.
    for (const std::string& one : cases) {
      std::vector<tests::WrittenEvent> events;
      for (std::size_t k = 0; k < one.size(); ++k) {
        const auto t = static_cast<std::int64_t>(k) * 60'000;
        events.push_back({std::string(1, one[k]), t, t + 30'000});
      }
      if (backwards) std::ranges::reverse(events);
      writer.add(events);
    }
    return learned_text(learn_journey(writer.log(), {}, nullptr), "t", "s");
  };
  EXPECT_EQ(text(false), text(true));
}

TEST(Learn, memory_becomes_touchpoints_with_names) {
  std::vector<std::string> cases;
  for (int i = 0; i < 200; ++i) cases.push_back(i % 2 ? "axb" : "cxd");
  const LearnedJourney journey = learned(log_of(cases));
  EXPECT_EQ(journey.order, 2U);
  EXPECT_EQ(at(journey, "x_after_a").label, "x, after a");
  EXPECT_NEAR(share(journey, at(journey, "x_after_a").next, "b"), 1, 0.02);
  EXPECT_NEAR(share(journey, at(journey, "a").next, "x_after_a"), 1, 0.02);
  LearnOptions options;
  options.order = 1;
  EXPECT_EQ(learned(log_of(cases), options).touchpoints.size(), 5U);
  options.order = 0;
  const LearnedJourney forgetful = learned(log_of(cases), options);
  EXPECT_EQ(forgetful.order, 0U);
  EXPECT_NEAR(share(forgetful, at(forgetful, "x").next, "x"), 0.25, 0.01);
  EXPECT_NEAR(share(forgetful, at(forgetful, "a").next, "x"), 0.25, 0.01);
}

TEST(Learn, outcomes_come_from_their_column) {
  LogWriter writer;
  for (int i = 0; i < 200; ++i) writer.add("a", "", i % 4 ? "Bought" : "Left!");
  LearnOptions options;
  options.success = {"Bought"};
  const LearnedJourney journey = learned(writer.log(), options);
  ASSERT_EQ(journey.exits.size(), 2U);
  EXPECT_TRUE(journey.exits[0].success);
  EXPECT_FALSE(journey.exits[1].success);
  EXPECT_NEAR(share(journey, at(journey, "a").next, "bought"), 0.75, 0.01);
}

TEST(Learn, personas_come_from_their_column) {
  LogWriter writer;
  for (int i = 0; i < 400; ++i) writer.add(i % 4 ? "ab" : "ac", i % 4 ? "Young" : "Old");
  const LearnedJourney journey = learned(writer.log());
  EXPECT_TRUE(journey.personas_from_column);
  ASSERT_EQ(journey.personas.size(), 2U);
  EXPECT_EQ(journey.personas[0].id, "old");
  EXPECT_NEAR(journey.personas[0].share, 0.25, 0.01);
  const auto a = static_cast<std::uint32_t>(&at(journey, "a") - journey.touchpoints.data());
  ASSERT_TRUE(journey.personas[0].next.contains(a));
  EXPECT_GT(share(journey, journey.personas[0].next.at(a), "c"), 0.9);
  EXPECT_FALSE(journey.personas[0].next.contains(a + 1)) << "the same for everybody";
}

/// Two kinds of cases: one repeats b, the other c, both begin and end alike.
EventLog two_kinds(unsigned cases) {
  LogWriter writer;
  for (unsigned i = 0; i < cases; ++i) {
    std::string letters = "a";
    const char often = uniform(i, 0) < 0.3 ? 'c' : 'b', seldom = often == 'c' ? 'b' : 'c';
    for (std::uint32_t k = 1; k <= 8; ++k) letters += uniform(i, k) < 0.9 ? often : seldom;
    writer.add(letters + "d");
  }
  return writer.log();
}

TEST(Learn, personas_are_found_by_their_ways) {
  LearnOptions options;
  options.order = 1;
  const LearnedJourney journey = learned(two_kinds(600), options);
  ASSERT_EQ(journey.personas.size(), 2U);
  std::vector<double> shares = {journey.personas[0].share, journey.personas[1].share};
  std::ranges::sort(shares);
  EXPECT_NEAR(shares[0], 0.3, 0.08);  // four standard errors of the share
  EXPECT_NE(journey.personas[0].label, journey.personas[1].label);
  options.personas = 1;
  EXPECT_EQ(learned(two_kinds(600), options).personas.size(), 1U);
}

TEST(Learn, where_all_are_alike_there_is_one_persona) {
  LogWriter writer;
  for (unsigned i = 0; i < 600; ++i) {
    std::string letters = "a";
    for (std::uint32_t k = 1; k <= 8; ++k) letters += uniform(i, k) < 0.5 ? 'b' : 'c';
    writer.add(letters + "d");
  }
  EXPECT_EQ(learned(writer.log()).personas.size(), 1U);
}

TEST(Learn, what_few_do_is_folded_and_counted) {
  std::vector<std::string> cases(500, "ab");
  for (const char* one : {"axb", "ayb", "azb", "ba"}) cases.emplace_back(one);
  LearnOptions options;
  options.min_share = 0.01;
  const LearnedJourney journey = learned(log_of(cases), options);
  EXPECT_EQ(journey.rare_activities, 3U);
  EXPECT_EQ(at(journey, "something_rare").label, "Something rare");
  EXPECT_GE(journey.folded_ways, 3U);
  options.min_share = 0;
  const LearnedJourney whole = learned(log_of(cases), options);
  EXPECT_EQ(whole.rare_activities, 0U);
  EXPECT_EQ(whole.folded_ways, 0U);
  EXPECT_EQ(whole.alphabet.symbols.size(), 5U);
}

TEST(Learn, names_do_not_collide) {
  LogWriter writer;
  for (int i = 0; i < 40; ++i)
    writer.add({{"End", 0, 1}, {"elsewhere", 2, 3}, {"ABANDONED", 4, 5}, {"end?", 6, 7}, {"...", 8, 9}});
  const LearnedJourney journey = learned(writer.log());
  EXPECT_EQ(journey.touchpoints.size(), 5U);
}

TEST(Learn, nothing_cannot_be_learned_from) { EXPECT_THROW(learn_journey({}, {}, nullptr), InputError); }

/// Three steps; one of them lasts a night in three of ten cases, which one by chance, but never two.
EventLog nights(bool more_than_one) {
  constexpr std::int64_t minute = 60'000, night = 16 * 60 * minute;
  LogWriter writer;
  for (unsigned i = 0; i < 600; ++i) {
    std::vector<tests::WrittenEvent> events;
    std::int64_t now = 0;
    const double draw = uniform(i, 0);
    for (std::uint32_t k = 0; k < 3; ++k) {
      const bool waits = more_than_one ? uniform(i, k + 1) < 0.1 : draw >= k * 0.1 && draw < (k + 1) * 0.1;
      const std::int64_t lasts = static_cast<std::int64_t>(30 + k) * minute + (waits ? night : 0);
      events.push_back({std::string(1, static_cast<char>('a' + k)), now, now + lasts});
      now += lasts;
    }
    writer.add(events);
  }
  return writer.log();
}

TEST(Learn, who_waited_a_night_does_not_wait_another) {
  const LearnedJourney journey = learned(nights(false));
  ASSERT_TRUE(journey.late_after_ms);
  EXPECT_EQ(journey.touchpoints.size(), 6U);
  const LearnedTouchpoint& later = at(journey, "c_later");
  EXPECT_EQ(later.duration_ms.family, Distribution::Family::constant);
  EXPECT_EQ(later.duration_ms.a, 32 * 60'000);
  EXPECT_FALSE(learned(nights(true)).late_after_ms) << "nights are independent";
}

TEST(HeldOut, probabilities_of_all_cases_sum_to_1) {
  // A journey with personas, memory and ways that were never seen; every case of up to 9 events once.
  LogWriter writer;
  for (int i = 0; i < 100; ++i) writer.add(i % 2 ? "aab" : "ab", i % 3 ? "x" : "y");
  const LearnedJourney journey = learned(writer.log());
  double sum = 0;
  constexpr unsigned most = 11;
  for (unsigned length = 1; length <= most; ++length) {
    for (unsigned bits = 0; bits < (1U << length); ++bits) {
      Traces one;
      for (unsigned k = 0; k < length; ++k) one.steps.push_back({0, 0, bits >> k & 1, bits >> k & 1});
      one.list.push_back({0, length, kNotSaid, 0});
      sum += std::exp(-nats_of(journey, one));
    }
  }
  // Missing are cases without events and those that are longer.
  EXPECT_LE(sum, 1 + 1e-9);
  EXPECT_GT(sum, 0.995);
}

TEST(HeldOut, agrees_with_the_truth_it_was_drawn_from) {
  // b with 0.8 after a, else c: 0.5004 nats a case of 3 (with the end).
  std::vector<std::string> cases;
  for (unsigned i = 0; i < 4000; ++i) cases.push_back(uniform(i, 0) < 0.8 ? "ab" : "ac");
  const EventLog training = log_of({cases.begin(), cases.begin() + 2000}),
                 test = log_of({cases.begin() + 2000, cases.end()});
  const LearnedJourney journey = learned(training);
  const HeldOutCases held = held_out(journey, training, test);
  const double truth = -(0.8 * std::log(0.8) + 0.2 * std::log(0.2)) / 3;
  EXPECT_NEAR(held.nats_per_event, truth, 0.02);  // four standard errors
  EXPECT_NEAR(held.baselines[1], held.nats_per_event, 1e-3);
  EXPECT_GT(held.baselines[0], truth + 0.5);
  EXPECT_EQ(held.events, 4000U);
}

TEST(HeldOut, what_the_training_log_does_not_know_is_left_out_and_counted) {
  const EventLog training = log_of(std::vector<std::string>(50, "ab"));
  const LearnedJourney journey = learned(training);
  const HeldOutCases held = held_out(journey, training, log_of({"ab", "axb", "x"}));
  EXPECT_EQ(held.unknown_events, 2U);
  EXPECT_EQ(held.unknown_cases, 1U);
  EXPECT_EQ(held.cases, 2U);
}

TEST(Likeness, simulated_cases_are_as_like_as_resampled_ones) {
  const EventLog log = nights(true);
  const LearnedJourney journey = learned(log);
  const std::string text = learned_text(journey, "t", "s");
  const Likeness one = likeness(journey, text, log, log, 1);
  EXPECT_LT(one.simulated.ngram, 0.02);
  EXPECT_LT(one.simulated.cycle_time_hours, 1.5 * one.floor.cycle_time_hours);
  EXPECT_EQ(likeness(journey, text, log, log, 1).simulated.cycle_time_hours, one.simulated.cycle_time_hours);
  // A planted error is seen: nights that come twice as often.
  LearnedJourney wrong = journey;
  for (LearnedTouchpoint& touchpoint : wrong.touchpoints) {
    for (auto& [ms, weight] : touchpoint.duration_ms.points) weight *= ms > 3e7 ? 3 : 1;
  }
  const Likeness planted = likeness(wrong, learned_text(wrong, "t", "s"), log, log, 1);
  EXPECT_GT(planted.simulated.cycle_time_hours, 3 * planted.floor.cycle_time_hours);
}

/// The first four fifths of the cases by start, and the rest, with only the names that are there.
std::pair<EventLog, EventLog> parted(const EventLog& log) {
  const auto part = [&](std::size_t from, std::size_t to) {
    EventCollector collector;
    for (std::size_t i = from; i < to; ++i) {
      const std::string id = std::to_string(1'000'000 + i);
      for (const LoggedEvent& event : log.of(log.cases[i])) {
        EventRow row;
        row.case_id = id;
        row.activity = log.activities[event.activity];
        row.time_ms = event.start_ms;
        row.end_ms = event.end_ms;
        collector.add(row);
      }
    }
    return collector.finish();
  };
  const auto cut = static_cast<std::size_t>(std::lround(0.8 * static_cast<double>(log.cases.size())));
  return {part(0, cut), part(cut, log.cases.size())};
}

TEST(Learn, the_shared_logs) {
  SOJOURN_DATA_OR_SKIP(data);
  for (const char* name : {"receipt.csv", "sepsis.csv", "loanapp_train.csv"}) {
    Rejects rejects;
    EventCollector collector;
    read_events((data / name).string(), {}, rejects, [&](const EventRow& row) { collector.add(row); });
    const auto [training, test] = parted(collector.finish());
    const LearnedJourney journey = learned(training);
    const HeldOutCases held = held_out(journey, training, test);
    EXPECT_LE(held.nats_per_event, 1.01 * *std::ranges::min_element(held.baselines)) << name;
    if (std::string(name) != "loanapp_train.csv") continue;
    const Likeness one = likeness(journey, learned_text(journey, "t", name), training, test, 1);
    EXPECT_LE(one.simulated.ngram, 1.1 * one.floor.ngram);
    EXPECT_LE(one.simulated.relative_event_hours, 1.8 * one.floor.relative_event_hours);
    EXPECT_LE(one.simulated.cycle_time_hours, 1.8 * one.floor.cycle_time_hours);
  }
}

}  // namespace
}  // namespace sojourn::models
