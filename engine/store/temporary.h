#pragma once
// What is written beside its target before it takes that one's place, `.NAME.PID-N.tmp`, and how it is known that nobody writes it any
// more: its writer holds a lock (flock) on it, which the kernel drops when that process ends, however it ends.

#include <string>

namespace sojourn::engine {

/// ".../.NAME." of ".../NAME"; PID-N.tmp follows.
std::string temporary_start(const std::string& target);

/// A descriptor that holds the file or folder `path`, which is open as `descriptor`, as long as it is open. -1 where a sweep came
/// first, and the name is to be given up; where the file system has no locks it holds nothing, and nobody sweeps.
int hold_temporary(int descriptor, const std::string& path);

/// Takes away the temporary files and folders of a target that no living process holds. The target may be anything or nothing; a
/// symbolic link is followed. What cannot be looked at stays. Never throws.
void sweep_temporaries(const std::string& target) noexcept;

}  // namespace sojourn::engine
