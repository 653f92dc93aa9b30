#include "tools/json/json_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>

namespace sojourn::tools {
namespace {

TEST(JsonText, numbers_are_shortest) {
  const Json json = {0.1,
                     100000.0,
                     1e-7,
                     1e30,
                     -0.0,
                     2.0 / 3,
                     std::numeric_limits<double>::quiet_NaN(),
                     std::numeric_limits<double>::infinity(),
                     18446744073709551615u};
  EXPECT_EQ(json_text(json), "[0.1, 100000, 1e-07, 1e+30, 0, 0.6666666666666666, null, null, 18446744073709551615]\n");
}

TEST(JsonText, what_holds_only_scalars_stands_on_one_line) {
  const Json json = {{"a", {{"lo", 1}, {"hi", 2}}}, {"empty", Json::object()}, {"rows", {{1, 2}, {3, 4}}}};
  EXPECT_EQ(json_text(json),
            "{\n"
            "  \"a\": {\"lo\": 1, \"hi\": 2},\n"
            "  \"empty\": {},\n"
            "  \"rows\": [\n"
            "    [1, 2],\n"
            "    [3, 4]\n"
            "  ]\n"
            "}\n");
}

TEST(JsonText, text_is_escaped) { EXPECT_EQ(json_text(Json("a\"\\\n\x01\xff")), "\"a\\\"\\\\\\n\\u0001\uFFFD\"\n"); }

}  // namespace
}  // namespace sojourn::tools
