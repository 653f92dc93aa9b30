#pragma once
// What a long work is, in fields of text: two works are the same where all of their fields are, and a unit of one belongs to the
// other only then.

#include <optional>
#include <string>
#include <vector>

namespace sojourn::engine {

struct ManifestField {
  std::string name;   // neither '=' nor control characters
  std::string value;  // no control characters
};

struct Manifest {
  std::vector<ManifestField> fields;
};

/// A line that says what this is, `name = value` lines in their order, and a seal (engine/store/seal.h).
std::string manifest_text(const Manifest& manifest);

/// SHA-256 of that text, 64 hexadecimal digits.
std::string digest_of(const Manifest& manifest);

/// Reads such a file. Throws IoError where it cannot be read, FormatError where it is cut off, damaged or another file.
Manifest read_manifest(const std::string& path);

/// A field that is not alike; an empty value where one of them does not have it.
struct ManifestDifference {
  std::string name;
  std::string there;
  std::string here;
};
/// In the order of `here`, then what only `there` has.
std::vector<ManifestDifference> differences(const Manifest& there, const Manifest& here);

}  // namespace sojourn::engine
