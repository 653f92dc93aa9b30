#include "engine/store/manifest.h"

#include "engine/base/contract.h"
#include "engine/base/sha256.h"
#include "engine/store/detail/file_bytes.h"
#include "engine/store/format_error.h"
#include "engine/store/seal.h"

#include <algorithm>
#include <string_view>

namespace sojourn::engine {
namespace {

constexpr std::string_view kFirstLine = "sojourn manifest/1\n";
constexpr std::string_view kBetween = " = ";
constexpr std::size_t kLargest = std::size_t{64} << 20;

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

const ManifestField* find(const Manifest& manifest, std::string_view name) {
  const auto found = std::ranges::find_if(manifest.fields, [&](const ManifestField& f) { return f.name == name; });
  return found == manifest.fields.end() ? nullptr : &*found;
}

}  // namespace

std::string manifest_text(const Manifest& manifest) {
  std::string text(kFirstLine);
  for (const ManifestField& field : manifest.fields) {
    SOJOURN_EXPECT(is_plain(field.name) && field.name.find('=') == std::string::npos && is_plain(field.value),
                   "a field of the manifest is one line");
    text += field.name + std::string(kBetween) + field.value + "\n";
  }
  return text + seal_of(text);
}

std::string digest_of(const Manifest& manifest) { return sha256(manifest_text(manifest)); }

Manifest read_manifest(const std::string& path) {
  const std::string bytes = detail::read_bytes(path, kLargest);
  const auto refuse = [&](const std::string& what) -> void {
    throw FormatError(path, what, "it says which study the units beside it belong to",
                      "Begin in another folder (--dir), or take the units over with --fork");
  };
  if (check_seal(bytes) != Seal::whole) refuse("the manifest is damaged or was changed");
  std::string_view rest = std::string_view(bytes).substr(0, bytes.size() - kSealSize);
  if (!rest.starts_with(kFirstLine)) refuse("this is no manifest of this version");
  rest.remove_prefix(kFirstLine.size());
  Manifest manifest;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const std::size_t between = line.find(kBetween);
    if (between == std::string_view::npos || line.size() == rest.size())
      refuse("the manifest has a line without a field");
    manifest.fields.push_back(
        {std::string(line.substr(0, between)), std::string(line.substr(between + kBetween.size()))});
    rest.remove_prefix(line.size() + 1);
  }
  return manifest;
}

std::vector<ManifestDifference> differences(const Manifest& there, const Manifest& here) {
  std::vector<ManifestDifference> list;
  for (const ManifestField& field : here.fields) {
    const ManifestField* other = find(there, field.name);
    const std::string value = other == nullptr ? "" : other->value;
    if (other == nullptr || value != field.value) list.push_back({field.name, value, field.value});
  }
  for (const ManifestField& field : there.fields) {
    if (find(here, field.name) == nullptr) list.push_back({field.name, field.value, ""});
  }
  return list;
}

}  // namespace sojourn::engine
