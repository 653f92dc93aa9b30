#pragma once
// Who works on which part of a long work: a lock that the kernel drops when its holder ends, however it ends, so that none is ever
// stale.

#include <cstdint>
#include <exception>
#include <string>

namespace sojourn::engine {

/// Somebody else is working there (exit 73).
class InUse : public std::exception {
 public:
  InUse(const std::string& folder, std::uint64_t first, std::uint64_t last);
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

/// Holds [first, last) of the numbers that a lock file stands for (an open file description lock on as many bytes, none of which are
/// there). Others may hold other numbers of it meanwhile, from this process, too.
class RangeLock {
 public:
  /// What to do where another holds any of the numbers.
  enum class Taken {
    refuse,
    wait_a_moment,  // three seconds, then refuse: as long as processes take to end that were told to
    wait
  };
  /// Makes the file where it is not there. An empty range holds nothing. Throws InUse, naming `folder`, where another holds any of
  /// the numbers, IoError where the file system has no such locks. last < 2^62.
  RangeLock(const std::string& folder, std::uint64_t first, std::uint64_t last, Taken taken = Taken::refuse);
  ~RangeLock();
  RangeLock(const RangeLock&) = delete;
  RangeLock& operator=(const RangeLock&) = delete;

  /// FOLDER/lock. It stays: to take it away would let two in.
  static std::string path_in(const std::string& folder) { return folder + "/lock"; }

 private:
  int descriptor_ = -1;
};

}  // namespace sojourn::engine
