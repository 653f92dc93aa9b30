#pragma once
// What calibrate found, as draws in the groups that ArviZ knows, and back. POSTERIOR.md says what the file holds.

#include "engine/store/archive.h"
#include "models/score/posterior_draws.h"
#include "tools/json/calibrate_json.h"

#include <string>

namespace sojourn::tools {

/// It holds no clock, host, path or thread count, so equal results give equal files.
engine::Archive posterior_archive(const CalibrateResult& result);

/// The draws by address. Throws engine::IoError where the file cannot be read, engine::FormatError where it is no posterior of
/// ours, is of another version or contradicts itself.
models::PosteriorDraws read_posterior(const std::string& path);

/// The same of an archive that was read; `file` is for messages.
models::PosteriorDraws posterior_draws(const engine::Archive& archive, const std::string& file);

}  // namespace sojourn::tools
