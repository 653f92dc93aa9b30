#include "models/survey/part_names.h"

#include <gtest/gtest.h>

#include <array>

namespace sojourn::models {
namespace {

TEST(PartNames, an_id_goes_before_labels_and_a_label_of_two_means_neither) {
  const std::array<NamedPart, 4> parts = {NamedPart{"pay", "Till"}, NamedPart{"till", "Pay"}, NamedPart{"a", "Desk"},
                                          NamedPart{"b", "desk"}};
  const std::vector<Translation> translations = {{"Kasse", "PAY", {}}, {"a", "b", {}}};
  Diagnostics found;
  PartNames names("touchpoint", parts, translations, found);
  EXPECT_FALSE(found.has_errors());
  EXPECT_EQ(names("PAY"), 0U);
  EXPECT_EQ(names(" Till"), 1U);
  EXPECT_EQ(names("kasse"), 0U);
  EXPECT_EQ(names("a"), 3U);  // a translation goes before all
  EXPECT_EQ(names("Desk"), kNotSaid);
  EXPECT_EQ(names("Desk", 4), kNotSaid);
  EXPECT_EQ(names("nowhere", 9), kNotSaid);
  names.report(std::make_shared<const SourceText>(SourceText{"t.csv", {}}), "why", "remedy", found);
  const std::string text = found.format();
  EXPECT_NE(text.find("no touchpoint of the journey is called 'nowhere' (9 rows), 'Desk' (5 rows) (why)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("values: {touchpoint: {nowhere: pay}}, or remedy"), std::string::npos) << text;
}

}  // namespace
}  // namespace sojourn::models
