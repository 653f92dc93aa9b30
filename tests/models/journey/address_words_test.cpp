#include "models/journey/address_words.h"

#include "models/journey/read.h"
#include "tests/support/cases.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

TEST(AddressWords, are_the_labels_on_the_way) {
  const JourneyFile file = read_journey(tests::source_of(R"(
personas: {mia: {name: "Mia, 6"}}
pains: {late: {label: Gift comes late, severity: 1, lasting: true}}
touchpoints:
  wish:
    label: Send the wish list
    channels: {post: {label: By post}, mail: {}}
    experience: {normal: {mean: 7, sd: 1}}
    pains: {late: {probability: 0.1}}
    next: {done: 1}
start: wish
outcomes: {done: {label: Delighted}}
)"));
  const auto words = [&](const char* address) { return address_words(file.tree, address); };
  EXPECT_EQ(words("touchpoints.wish.pains.late.probability"), "Send the wish list, Gift comes late: probability");
  EXPECT_EQ(words("touchpoints.wish.experience.normal.mean"), "Send the wish list: experience normal mean");
  EXPECT_EQ(words("touchpoints.wish.next.done.weight"), "Send the wish list to Delighted: weight");
  EXPECT_EQ(words("touchpoints.wish.channels.post.share"), "Send the wish list, By post: share");
  EXPECT_EQ(words("touchpoints.wish.channels.mail.share"), "Send the wish list, mail: share");
  EXPECT_EQ(words("personas.mia.loss_aversion"), "Mia, 6: loss aversion");
  EXPECT_EQ(words("personas.mia.sensitivity.late"), "Mia, 6, Gift comes late");
  EXPECT_EQ(words("satisfaction.anchor"), "satisfaction anchor");
}

}  // namespace
}  // namespace sojourn::models
