#pragma once
// What a study itself has written before, so that the same command can be given again: a report, a page or a folder of tables that names its
// digest. Tables that anybody has changed since are nobody's any more, and are not replaced; reports and pages are made of the result alone, and are.

#include "engine/store/archive.h"
#include "tools/batch/study_work.h"
#include "tools/output/csv.h"

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// In a folder of tables: which study they are of, and the digest of each.
inline constexpr std::string_view kTablesSign = "provenance.json";

/// The tables, and their sign.
std::vector<TextFile> signed_tables(std::vector<TextFile> tables, const engine::Archive& archive);

/// Whether the folder has the sign of this study, and of each table that the sign names what it names or nothing. Never throws.
bool are_tables_of(const StudyWork& work, const std::string& folder) noexcept;

/// The tables that the folder's sign names; empty where there is none. Never throws.
std::vector<std::string> tables_named_in(const std::string& folder) noexcept;

/// Whether the file is a sojourn.batch/1 of this study. Never throws.
bool is_report_of(const StudyWork& work, const std::string& path) noexcept;

/// Whether the file is the page of a result of this study. Never throws.
bool is_page_of(const StudyWork& work, const std::string& path) noexcept;

}  // namespace sojourn::tools
