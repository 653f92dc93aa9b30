#include "tools/report/html.h"

#include "engine/base/sha256.h"
#include "models/text/utf8.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

std::string base64(const engine::Sha256::Digest& digest) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = bits << 8 | (i + k < digest.size() ? digest[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k <= digest.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

}  // namespace

std::string html_text(std::string_view text) {
  const std::string clean = models::printable(std::string(text));
  std::string safe;
  for (const char c : clean) {
    switch (c) {
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '&': safe += "&amp;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&#39;"; break;
      default: safe += c;
    }
  }
  return safe;
}

std::string script_json(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '>') {
      safe += "\\u003e";
    } else if (c == '&') {
      safe += "\\u0026";
    } else if (text.compare(i, 3, "\xe2\x80\xa8") == 0 || text.compare(i, 3, "\xe2\x80\xa9") == 0) {
      safe += text[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string csp_digest(std::string_view text) {
  engine::Sha256 digest;
  digest.update(text);
  return "sha256-" + base64(digest.digest());
}

}  // namespace sojourn::tools
