#pragma once
// The page's words and numbers, for the form of it that has no script.

#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace sojourn::tools {

class PageWords {
 public:
  /// `language`: "en" or "de". `part`: of the document, whose panels have words of their own (embedded.h).
  explicit PageWords(const std::string& language, std::string_view part = {});

  /// The text of a key, {name} replaced by what is given; as HTML, so what is given must be.
  std::string operator()(const std::string& key,
                         std::initializer_list<std::pair<std::string, std::string>> given = {}) const;
  bool knows(const std::string& key) const { return words_.contains(key); }

  // Numbers of the document, in the language's form; a dash for null.
  std::string decimal(const Json& value, int decimals) const;
  std::string signed_decimal(const Json& value, int decimals) const;
  std::string percent(const Json& share) const;
  std::string whole(std::uint64_t value) const;
  /// "+1.8 to +1.9" of a figure; of a difference the interval that holds for all scenarios together.
  std::string interval(const Json& figure, int decimals, bool with_sign) const;

 private:
  std::string localised(std::string english) const;

  Json words_;
  bool german_;
};

}  // namespace sojourn::tools
