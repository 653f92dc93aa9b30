#pragma once
// What a calibration found, for the page.

#include "tools/json/json_text.h"
#include "tools/program/console.h"

#include <string>

namespace sojourn::tools {

/// The part `calibration` of a page, from a document sojourn.calibrate/1: numbers of five digits, without what the page does not
/// show. `path`: where it was read, for messages. Throws engine::FormatError where a part is missing.
Json calibration_part(const Json& document, const std::string& path);

/// Throws as read_kept does where the file is none that read_kept_calibration takes.
void check_kept_calibration(const std::string& path);

/// The same from a file of `calibrate --json`. `journey_sha256`: of the journey that the page is about; `of_this_file` in the part
/// says whether it is the one that was calibrated, or the one that came out; a warning says if not. Throws as read_kept does.
Json read_kept_calibration(const std::string& path, const std::string& journey_sha256, const Console& console);

/// A whole document sojourn.report/1 about a calibration alone.
Json calibration_report(const Json& document, const std::string& path, const std::string& language);

}  // namespace sojourn::tools
