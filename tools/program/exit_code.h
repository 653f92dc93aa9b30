#pragma once
// How the program ends, for every verb: the one table.

namespace sojourn::tools {

/// After BSD's sysexits.h, which shells and schedulers know.
namespace exit_code {
inline constexpr int ok = 0;
inline constexpr int unwell = 1;     // doctor found something wrong
inline constexpr int usage = 2;      // unknown verb or option, a value that cannot be read
inline constexpr int bad_data = 65;  // what is in a file
inline constexpr int missing = 66;   // a file that is not there or cannot be read
inline constexpr int our_bug = 70;
inline constexpr int exists = 73;            // an output that exists already, or is in use
inline constexpr int io = 74;                // writing failed
inline constexpr int stopped_and_kept = 75;  // a signal stopped a batch; what is done is kept, and it can go on
inline constexpr int signal = 128;           // plus the signal's number: 130 (Ctrl-C), 143 (terminated)
}  // namespace exit_code

}  // namespace sojourn::tools
