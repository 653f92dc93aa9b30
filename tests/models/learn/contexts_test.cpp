#include "models/learn/contexts.h"
#include "tests/models/learn/logs.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

using tests::log_of;

struct Learned {
  explicit Learned(const std::vector<std::string>& cases)
      : log(log_of(cases)),
        alphabet(alphabet_of(log, 0)),
        traces(traces_of(log, alphabet)),
        counts(traces, alphabet.symbols.size()) {}
  EventLog log;
  Alphabet alphabet;
  Traces traces;
  ContextCounts counts;
};

TEST(Counts, smoothing_by_hand) {
  const Learned one({"ab", "ab", "ac"});
  // Three symbols and the end; six events, three ends: P_-1 = 1/4.
  const double c = 2;
  const double p0 = (2 + c / 4) / (9 + c);  // b
  EXPECT_DOUBLE_EQ(one.counts.probability(Context(), 1, c), p0);
  const double p1 = (2 + c * p0) / (3 + c);
  EXPECT_DOUBLE_EQ(one.counts.probability(Context().then(0), 1, c), p1);
  const double p2 = (2 + c * p1) / (3 + c);  // behind the start and a
  EXPECT_DOUBLE_EQ(one.counts.probability(Context().then(3).then(0), 1, c), p2);
  // Cases 0, 1, 2 are in folds of their own.
  const double without = (1 + c * (1 + c / 4) / (6 + c)) / (2 + c);
  EXPECT_DOUBLE_EQ(one.counts.probability(Context().then(0), 1, c, 0U), without);
}

TEST(Counts, probabilities_sum_to_1_in_any_context) {
  const Learned one({"abac", "bca", "c", "aabbcc", "abcabc", "cab"});
  for (const auto& [context, followers] : one.counts.contexts()) {
    for (const std::optional<unsigned> fold : {std::optional<unsigned>(), std::optional(0U), std::optional(3U)}) {
      double sum = 0;
      for (Symbol symbol = 0; symbol <= one.counts.end(); ++symbol) {
        sum += one.counts.probability(context, symbol, 0.7, fold);
      }
      EXPECT_NEAR(sum, 1, 1e-12);
    }
  }
}

TEST(Counts, a_baseline_knows_as_much_as_its_memory) {
  std::vector<std::string> cases;
  for (int i = 0; i < 50; ++i) cases.push_back(i % 2 ? "axb" : "cxd");
  const Learned one(cases);
  const double events = 4 * 50;  // with ends
  const auto nats = [&](unsigned order) {
    return nats_of(fit_baseline(one.counts, order), one.counts, one.traces, one.alphabet) / events;
  };
  EXPECT_NEAR(nats(1), 2 * std::log(2) / 4, 0.02) << "a or c, then b or d: one bit each";
  EXPECT_NEAR(nats(2), std::log(2) / 4, 0.02) << "b follows a x";
  EXPECT_GT(nats(0), 1.2);
}

TEST(Contexts, are_split_only_where_memory_tells) {
  std::vector<std::string> cases;
  for (int i = 0; i < 100; ++i) cases.push_back(i % 2 ? "axb" : "cxd");
  const Learned one(cases);
  std::vector<OrderBaseline> baselines;
  for (unsigned order = 0; order <= 3; ++order) baselines.push_back(fit_baseline(one.counts, order));
  const Chosen chosen = choose_contexts(one.counts, one.traces, baselines, 3);
  std::vector<std::string> split;
  for (std::size_t state = 0; state < chosen.memory.size(); ++state) {
    const Context& context = chosen.memory.context(state);
    if (context.depth() < 2) continue;
    split.push_back(one.alphabet.symbols[context.back(1)] + one.alphabet.symbols[context.back(0)]);
  }
  EXPECT_EQ(split, (std::vector<std::string>{"ax", "cx"}));
  EXPECT_LE(chosen.nats, 1.01 * baselines[2].nats);
  EXPECT_EQ(choose_contexts(one.counts, one.traces, baselines, 1).memory.depth(), 1U) << "as far as is allowed";
}

TEST(Contexts, without_memory_there_is_nothing_to_split) {
  std::vector<std::string> cases;
  for (int i = 0; i < 120; ++i) cases.push_back(std::string(i % 3 ? "a" : "b") + "x" + (i / 3 % 2 ? "a" : "b"));
  const Learned one(cases);
  std::vector<OrderBaseline> baselines;
  for (unsigned order = 0; order <= 3; ++order) baselines.push_back(fit_baseline(one.counts, order));
  // Where `a` ends and `b` ends are told apart by their place, not by what is before x.
  const Chosen chosen = choose_contexts(one.counts, one.traces, baselines, 3);
  for (std::size_t state = 0; state < chosen.memory.size(); ++state) {
    const Context& context = chosen.memory.context(state);
    EXPECT_FALSE(context.depth() > 1 && one.alphabet.symbols[context.back(0)] == "x");
  }
}

TEST(ContextMemory, is_in_the_longest_context_it_has) {
  const Learned one({"abc", "bca", "cab", "aabbcc"});
  // a after b after c, and what that needs: (b a), (c b).
  const Context ba = Context().then(1).then(0), cb = Context().then(2).then(1), cba = cb.then(0);
  const ContextMemory memory(one.counts, {ba, cb, cba});
  const auto walk = [&](const std::vector<Symbol>& symbols) {
    std::size_t state = memory.start();
    for (const Symbol symbol : symbols) state = memory.after(state, symbol);
    return memory.context(state);
  };
  EXPECT_EQ(walk({2, 1, 0}), cba);
  EXPECT_EQ(walk({1, 1, 0}), ba);
  EXPECT_EQ(walk({2, 0}), Context().then(0));
  EXPECT_TRUE(memory.is_split(memory.plain(0)));
  EXPECT_FALSE(memory.is_split(memory.plain(2)));
}

}  // namespace
}  // namespace sojourn::models
