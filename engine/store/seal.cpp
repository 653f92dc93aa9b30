#include "engine/store/seal.h"

namespace sojourn::engine {

std::string seal_of(const Sha256::Digest& digest) {
  return "\n" + std::string(kSealWords) + hexadecimal(digest) + "\n";
}

std::string seal_of(std::string_view bytes) {
  Sha256 sum;
  sum.update(bytes);
  return seal_of(sum.digest());
}

Seal check_seal(std::string_view sealed) {
  if (sealed.size() < kSealSize) return Seal::missing;
  const std::string_view bytes = sealed.substr(0, sealed.size() - kSealSize);
  const std::string_view found = sealed.substr(bytes.size());
  if (!found.substr(1).starts_with(kSealWords)) return Seal::missing;
  return found == seal_of(bytes) ? Seal::whole : Seal::broken;
}

}  // namespace sojourn::engine
