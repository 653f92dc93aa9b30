#include "tools/archive/file_labels.h"

#include "models/text/utf8.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace sojourn::tools::detail {
namespace {

/// Applies to each part of "a.yaml + b.yaml", which is what what-ifs that are combined are called.
template <class Get>
std::string each_part(const std::string& text, Get get) {
  constexpr std::string_view between = " + ";
  std::string all;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(between, at), text.size());
    all += (at == 0 ? "" : between);
    all += get(text.substr(at, end - at));
    at = end + between.size();
  }
  return all;
}

}  // namespace

std::string file_name(const std::string& path) {
  return each_part(path, [](const std::string& part) { return models::printable(part.substr(part.rfind('/') + 1)); });
}

std::string short_name(const models::FileStamp& stamp) {
  const std::string stem = each_part(file_name(stamp.file), [](const std::string& name) {
    const std::size_t dot = name.rfind('.');
    return dot == 0 ? name : name.substr(0, dot);
  });
  return stem.empty() ? stamp.title : stem;
}

std::vector<std::string> distinct(std::vector<std::string> labels) {
  std::set<std::string> taken;
  for (std::string& label : labels) {
    std::string candidate = label;
    for (int n = 2; !taken.insert(candidate).second; ++n) candidate = label + " (" + std::to_string(n) + ")";
    label = candidate;
  }
  return labels;
}

}  // namespace sojourn::tools::detail
