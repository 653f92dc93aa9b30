// read_source: the only place where the models read a file whole.

#include "models/text/input_file.h"
#include "models/text/tree.h"

#include <string>

namespace sojourn::models {
namespace {

[[noreturn]] void too_large(Source source) {
  Diagnostics diagnostics;
  diagnostics.error({std::move(source), 0, 0, 1}, "the file is larger than 64 MB",
                    "nothing that people write by hand comes near it", "Is it the right file?");
  throw InputError(std::move(diagnostics));
}

}  // namespace

Source read_source(const std::string& path) {
  InputFile file(path);
  auto source = std::make_shared<SourceText>();
  source->name = path;
  if (file.size() > largest_file) too_large(source);
  std::string& text = source->text;
  // What counts is what is read: a file may grow meanwhile, and those of /proc say 0.
  std::size_t filled = 0;
  text.resize(static_cast<std::size_t>(file.size()) + 1);
  while (true) {
    if (filled == text.size()) text.resize(filled + (1u << 16));
    const std::size_t got = file.read(text.data() + filled, text.size() - filled);
    if (got == 0) break;
    filled += got;
    if (filled > largest_file) {
      text.clear();
      too_large(source);
    }
  }
  text.resize(filled);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return source;
}

}  // namespace sojourn::models
