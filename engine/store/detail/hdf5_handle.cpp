#include "engine/store/detail/hdf5_handle.h"

#include "engine/base/io_error.h"
#include "engine/store/format_error.h"

namespace sojourn::engine::detail {
namespace {

struct Complaints {
  std::string innermost;
  std::string outermost;
};

extern "C" herr_t note_complaint(unsigned, const H5E_error2_t* error, void* data) noexcept {
  try {
    auto& complaints = *static_cast<Complaints*>(data);
    const std::string text = error->desc == nullptr ? "" : error->desc;
    if (complaints.innermost.empty()) complaints.innermost = text;
    complaints.outermost = text;
    return 0;
  } catch (...) {
    return -1;  // C called; out of memory while failing leaves the message short
  }
}

}  // namespace

Silence::Silence() {
  H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Silence::~Silence() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

std::string last_complaint() {
  Complaints complaints;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_complaint, &complaints);
  H5Eclear2(H5E_DEFAULT);
  if (complaints.outermost.empty()) return "no reason given";
  if (complaints.outermost == complaints.innermost) return complaints.outermost;
  return complaints.outermost + ": " + complaints.innermost;
}

void Calls::fail() const {
  const std::string complaint = last_complaint();
  if (purpose_ == Purpose::make) {
    throw IoError(Access::write, "HDF5 at " + object_, file_, complaint, "Is there enough memory?");
  }
  throw FormatError(file_, "HDF5 cannot read " + object_, complaint, "Write the file again");
}

TypeHandle string_type(const Calls& call) {
  TypeHandle type(call(H5Tcopy(H5T_C_S1)));
  call(H5Tset_size(type, H5T_VARIABLE));
  call(H5Tset_cset(type, H5T_CSET_UTF8));
  return type;
}

}  // namespace sojourn::engine::detail
