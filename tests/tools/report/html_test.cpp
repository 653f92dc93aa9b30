#include "tools/report/html.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

TEST(Html, text_cannot_leave_its_place) {
  EXPECT_EQ(html_text("</b><img src=x onerror='a(\"b\")'>&amp;"),
            "&lt;/b&gt;&lt;img src=x onerror=&#39;a(&quot;b&quot;)&#39;&gt;&amp;amp;");
  EXPECT_EQ(html_text("Gr\u00fc\u00dfe, \u05d0"), "Gr\u00fc\u00dfe, \u05d0");
}

TEST(Html, controls_and_broken_bytes_are_spelled_out) {
  EXPECT_EQ(html_text("a\x01"), "a\\x01");
  EXPECT_EQ(html_text("\xff"), "\\xff");
  EXPECT_EQ(html_text("\u202e"), "\\u202e");
}

TEST(Html, json_cannot_end_its_script) {
  const Json json = {{"</script>", "<!--\u2028\u2029&"}};
  const std::string text = script_json(json);
  EXPECT_EQ(text, R"({"\u003c/script\u003e":"\u003c!--\u2028\u2029\u0026"})");
  EXPECT_EQ(Json::parse(text), json);
}

TEST(Html, digests_as_browsers_compare_them) {
  // printf '' | openssl dgst -sha256 -binary | base64, and of "abc" (FIPS 180-4, B.1)
  EXPECT_EQ(csp_digest(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(csp_digest("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

}  // namespace
}  // namespace sojourn::tools
