#include "tools/job/rejected.h"

#include "tools/output/csv_text.h"

namespace sojourn::tools {

models::Rejects RejectedFile::of(const std::string& input) {
  return models::Rejects([this, input](const models::Reject& one) {
    if (!path_) return;
    if (!file_) {
      file_.emplace(*path_, existing_);
      file_->write("file,line,reason\n");
    }
    file_->write(csv_cell(input) + "," + std::to_string(one.line) + "," + csv_cell(one.reason) + "\n");
  });
}

void RejectedFile::refuse_if_too_many(const models::Rejects& rejects, models::BadRows allowed,
                                      const std::string& input) {
  try {
    rejects.refuse_if_too_many(allowed, std::make_shared<const models::SourceText>(models::SourceText{input, {}}),
                               name());
  } catch (...) {
    commit();
    throw;
  }
}

void RejectedFile::commit() {
  if (file_) file_->commit();
}

}  // namespace sojourn::tools
