#include "engine/walk/walk.h"

#include "engine/base/contract.h"

#include <map>

namespace sojourn::engine {

PlaceKeys place_keys(Seed seed, const std::vector<std::string>& node_names) {
  SOJOURN_EXPECT(seed.replicate < kReplicateLimit, "a replicate has 24 bits");
  PlaceKeys keys;
  keys.seed = seed;
  keys.agent = place_key(seed.seed, "");
  std::map<PlaceKey, std::string> owner{{keys.agent, ""}};
  for (const std::string& name : node_names) {
    const PlaceKey key = place_key(seed.seed, name);
    const auto [found, fresh] = owner.emplace(key, name);
    if (!fresh) {
      throw std::invalid_argument("'" + name + "' and '" + found->second +
                                  "' have the same random key (their draws would be equal). Rename one of them");
    }
    keys.nodes.push_back(key);
  }
  return keys;
}

}  // namespace sojourn::engine
