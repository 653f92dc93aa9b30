// A changed journey as one file: read again, every persona sees what it saw.

#include "models/change/one_file.h"

#include "models/change/differences.h"
#include "models/journey/defaults.h"
#include "models/journey/write.h"
#include "tests/support/cases.h"
#include "tests/support/property.h"

namespace sojourn::models {
namespace {

constexpr std::string_view street = R"(journey: A street
personas:
  anna:
    overrides:
      - {scale: touchpoints.shop.next.bar.weight, by: 3}
      - {set: touchpoints.shop.cost, to: 9}
      - {set: satisfaction.reactivity, to: 0.5}
  otto: {}
  zoe: {}
pains: {queue: {severity: 1}}
touchpoints:
  shop: {experience: 7, cost: 1, pains: {queue: {probability: 0.4}}, next: {bar: 1, done: 1}}
  bar: {experience: 6, next: {done: 1}}
start: shop
outcomes: {done: {}}
)";

/// What a persona sees differently in the two; of other personas nothing counts.
std::string disagreement(const Case& one, const Case& again) {
  for (std::size_t p = 0; p < one.views.view_of_persona.size(); ++p) {
    const std::string own = "personas." + one.views.views.front().personas[p].id + ".";
    for (const Difference& d : differences(with_defaults(one.trees[one.views.view_of_persona[p]]),
                                           with_defaults(again.trees[again.views.view_of_persona[p]]))) {
      if (d.address.starts_with("personas.") && !d.address.starts_with(own)) continue;
      return own + " sees " + d.address + ": " + d.before + " -> " + d.after;
    }
  }
  return "";
}

TEST(OneFile, reads_back_as_what_everybody_sees) {
  for (const std::vector<std::string>& changes : std::vector<std::vector<std::string>>{
           {},
           {"{set: touchpoints.bar.cost, to: 2}"},
           {"{scale: touchpoints.shop.next.bar.weight, by: 0.5}", "{set: touchpoints.shop.cost, to: 3}"},
           {"{set: touchpoints.bar.experience, to: {normal: {mean: 5, sd: 1}}, for: [zoe]}"},
           {"{set: personas.zoe.learning, to: 0.3, for: [zoe]}", "{set: start, to: {bar: 1, shop: 2}, for: [otto]}"},
           {"{remove: touchpoints.shop.next.bar, for: [anna]}"}}) {
    const Case one = tests::changed_case(std::string(street), changes);
    const std::optional<Tree> file = one_file(one);
    ASSERT_TRUE(file) << (changes.empty() ? "" : changes.front());
    EXPECT_EQ(disagreement(one, tests::case_of(to_yaml(*file))), "") << to_yaml(*file);
  }
}

TEST(OneFile, is_nothing_where_some_lack_a_touchpoint) {
  EXPECT_FALSE(one_file(tests::changed_case(std::string(street), {"{remove: touchpoints.bar, for: [zoe]}"})));
}

TEST(OneFile, of_random_journeys_reads_back) {
  std::size_t written = 0;
  tests::for_all(60, tests::any_what_if(), [&](const tests::WhatIf& what_if) -> std::string {
    const Case one = tests::changed_case(what_if.journey.text, what_if.changes);
    const std::optional<Tree> file = one_file(one);
    if (!file) return "";
    ++written;
    return disagreement(one, tests::case_of(to_yaml(*file)));
  });
  EXPECT_GT(written, 20U);
}

}  // namespace
}  // namespace sojourn::models
