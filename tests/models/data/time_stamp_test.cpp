#include "models/data/time_stamp.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

std::int64_t ms(const char* text) {
  const auto read = read_time_stamp(text);
  EXPECT_TRUE(read) << text << ": " << read.refusal.what;
  return read ? *read : -1;
}

TEST(TimeStamp, known_moments) {
  EXPECT_EQ(ms("1970-01-01"), 0);
  EXPECT_EQ(ms("1970-01-01T00:00:00.001Z"), 1);
  EXPECT_EQ(ms("1969-12-31 23:59:59"), -1000);
  EXPECT_EQ(ms("2000-02-29T12:00:00Z"), 951825600000);  // date -d ... +%s
  EXPECT_EQ(ms("2023-02-09 08:28:27.808000+00:00"), 1675931307808);
  EXPECT_EQ(ms("2011-10-11 13:45:40.276000+02:00"), 1318333540276);
  EXPECT_EQ(ms("2011-10-11T13:45:40,276+0200"), 1318333540276);
  EXPECT_EQ(ms("2011-10-11T09:45:40.276-02"), 1318333540276);
  EXPECT_EQ(ms("11.10.2011 11:45"), 1318333500000);
  EXPECT_EQ(ms("2011/10/11 11:45"), 1318333500000);
  EXPECT_EQ(ms("9999-12-31T23:59:60Z"), ms("9999-12-31T23:59:59Z")) << "a leap second";
  EXPECT_EQ(ms("2024-03-01") - ms("2024-02-28"), 2 * 86'400'000) << "a leap year";
  EXPECT_EQ(ms("1900-03-01") - ms("1900-02-28"), 86'400'000) << "none";
}

TEST(TimeStamp, months) {
  for (const char* text : {"1970-01-01", "1969-12-31", "2000-02-29", "2023-12-31", "2024-01-01", "1900-03-01",
                           "0001-01-01", "9999-12-31", "1600-06-15"}) {
    EXPECT_EQ(month_of(ms(text)), std::string(text).substr(0, 7));
    EXPECT_EQ(month_of(ms(text) + 86'399'999), std::string(text).substr(0, 7));
  }
}

TEST(TimeStamp, what_is_none_is_refused) {
  for (const char* text : {"", "yesterday", "02/09/2023", "2023-02-29", "2023-13-01", "2023-02-09 25:00",
                           "2023-02-09T08:61", "2023-02-09 08:28:27.", "2023-02-09 08:28 Europe", "2023-02-09x",
                           "12:30", "1675931307", "2023-02-09 08:28+2", "0000-01-01", "31.04.2023"}) {
    EXPECT_FALSE(read_time_stamp(text)) << text;
  }
}

}  // namespace
}  // namespace sojourn::models
