#pragma once
// What the text layer answers to a file, in the words of the table of hostile files.

#include "models/text/tree.h"
#include "tests/hostile/catalogue.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::tests {

/// What reading a file came to.
struct Answer {
  int exit = 0;
  std::vector<std::string> complaints;  // "position message" of each, sorted by place
  std::string text;                     // as a user sees it
};

inline std::string complaint(const models::Diagnostic& diagnostic) {
  const std::string text = format(diagnostic);
  const std::string first = text.substr(0, text.find('\n'));
  const models::Mark& mark = diagnostic.mark;
  const std::string position = mark.line == 0 ? "-" : std::to_string(mark.line) + ":" + std::to_string(mark.column);
  return position + " " + first.substr(first.find("error: ") + 7);
}

inline Answer answer_to(const std::filesystem::path& path) {
  Answer answer;
  try {
    models::Diagnostics diagnostics;
    parse_tree(models::read_source(path.string()), diagnostics);
    diagnostics.refuse_if_errors();
  } catch (const models::InputError& error) {
    answer.exit = 65;
    answer.text = error.what();
    std::vector<models::Diagnostic> list = error.diagnostics().list();
    std::stable_sort(list.begin(), list.end(), [](const models::Diagnostic& a, const models::Diagnostic& b) {
      return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
    });
    for (const models::Diagnostic& diagnostic : list) answer.complaints.push_back(complaint(diagnostic));
  } catch (const models::MissingFile& error) {
    answer.exit = 66;
    answer.text = error.what();
    answer.complaints.push_back("- " + answer.text.substr(answer.text.find("error: ") + 7));
  }
  return answer;
}

/// What the table expects, in the same form.
inline std::vector<std::string> expected_of(const HostileFile& file) {
  std::vector<std::string> lines;
  for (const HostileFile::Complaint& expected : file.complaints) {
    lines.push_back(expected.position + " " + expected.message);
  }
  return lines;
}

inline bool is_generated(const HostileFile& file) { return file.name.starts_with("generated/"); }

}  // namespace sojourn::tests
