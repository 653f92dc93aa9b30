#include "models/text/folded.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

TEST(Folded, letters_and_ends) {
  EXPECT_EQ(folded("  ÄÖÜ Straße \t"), "äöü straße");
  EXPECT_EQ(folded("ŁÓDŹ Žižkov ΑΘΗΝΑ ЖЁЛТЫЙ"), "łódź žižkov αθηνα жёлтый");
  EXPECT_EQ(folded("Ÿ×÷ 1"), "Ÿ×÷ 1");
  EXPECT_EQ(folded("a\xff"
                   "B"),
            "a\xff"
            "b");
  EXPECT_EQ(folded(" \r\n"), "");
}

}  // namespace
}  // namespace sojourn::models
