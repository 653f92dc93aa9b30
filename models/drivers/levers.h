#pragma once
// The numbers of a journey that a driver analysis moves: every numeric address of the journey as its personas see it.

#include "models/change/views.h"
#include "models/journey/fields.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sojourn::models {

struct Lever {
  std::string address;
  double value = 0;                   // in the first view that has it; times in milliseconds
  const Type* type = nullptr;         // its kind and range
  std::vector<std::string> only_for;  // personas whose journey has it; empty: all
  std::string left_out;               // why nothing is said about it; empty where something is
};

inline constexpr std::uint32_t kNoLever = ~std::uint32_t{0};

class Levers {
 public:
  /// Every written number of every view, in file order, and every unwritten one whose default is a number other than 0.
  explicit Levers(const Case& one);

  /// kNoLever where the address is none of them.
  std::uint32_t find(const std::string& address) const;
  /// The same of one that the journey's tables are made from.
  std::uint32_t use(const std::string& address);
  const Lever& operator[](std::size_t i) const { return all_[i]; }
  std::size_t size() const { return all_.size(); }
  /// Of a number that `use` was never asked for.
  void leave_out_unused();
  /// The first reason stays.
  void leave_out(std::uint32_t i, std::string_view reason);

 private:
  void leave_out_times_at_the_start();

  std::vector<Lever> all_;
  std::vector<std::uint8_t> is_used_;  // [lever]
  std::unordered_map<std::string, std::uint32_t> index_;
};

/// By how much a driver is moved: one point for a place on the 0..10 scale, ten per cent of anything else, and where that
/// would leave the number's range, ten per cent down. A 0 is moved by an hour, a tenth, or, for money, by 1. Times in
/// milliseconds. 0 where the range holds no such step.
double step_of(const Lever& lever);

}  // namespace sojourn::models
