#include "tools/report/embedded.h"

#include "engine/base/contract.h"

// The assembler includes the files as they are: nothing for the compiler to read. The build names them by full path, and
// knows that this file depends on them.
#define SOJOURN_EMBED(symbol, path)                                                                               \
  __asm__(".section .rodata\n" #symbol "_first:\n.incbin \"" path "\"\n" #symbol "_last:\n.byte 0\n.previous\n"); \
  extern "C" const char symbol##_first[] __asm__(#symbol "_first");                                               \
  extern "C" const char symbol##_last[] __asm__(#symbol "_last")

SOJOURN_EMBED(sojourn_page_script, SOJOURN_PAGE_SCRIPT);
SOJOURN_EMBED(sojourn_page_style, SOJOURN_PAGE_STYLE);
SOJOURN_EMBED(sojourn_studio_script, SOJOURN_STUDIO_SCRIPT);
SOJOURN_EMBED(sojourn_studio_style, SOJOURN_STUDIO_STYLE);
SOJOURN_EMBED(sojourn_words_en, SOJOURN_WORDS_EN);
SOJOURN_EMBED(sojourn_words_de, SOJOURN_WORDS_DE);
SOJOURN_EMBED(sojourn_calibration_script, SOJOURN_CALIBRATION_SCRIPT);
SOJOURN_EMBED(sojourn_calibration_words_en, SOJOURN_CALIBRATION_WORDS_EN);
SOJOURN_EMBED(sojourn_calibration_words_de, SOJOURN_CALIBRATION_WORDS_DE);
SOJOURN_EMBED(sojourn_study_script, SOJOURN_STUDY_SCRIPT);
SOJOURN_EMBED(sojourn_study_words_en, SOJOURN_STUDY_WORDS_EN);
SOJOURN_EMBED(sojourn_study_words_de, SOJOURN_STUDY_WORDS_DE);

namespace sojourn::tools {
namespace {

std::string_view between(const char* first, const char* last) {
  return {first, static_cast<std::size_t>(last - first)};
}

}  // namespace

std::string_view page_script() { return between(sojourn_page_script_first, sojourn_page_script_last); }

std::string_view page_style() { return between(sojourn_page_style_first, sojourn_page_style_last); }

std::string_view studio_script() { return between(sojourn_studio_script_first, sojourn_studio_script_last); }

std::string_view studio_style() { return between(sojourn_studio_style_first, sojourn_studio_style_last); }

std::string_view page_words(std::string_view language) {
  if (language == "de") return between(sojourn_words_de_first, sojourn_words_de_last);
  SOJOURN_EXPECT(language == "en", "the page speaks English and German");
  return between(sojourn_words_en_first, sojourn_words_en_last);
}

std::span<const PagePanels> page_panels() {
  static const PagePanels panels[] = {
      {"calibration", between(sojourn_calibration_script_first, sojourn_calibration_script_last),
       between(sojourn_calibration_words_en_first, sojourn_calibration_words_en_last),
       between(sojourn_calibration_words_de_first, sojourn_calibration_words_de_last)},
      {"study", between(sojourn_study_script_first, sojourn_study_script_last),
       between(sojourn_study_words_en_first, sojourn_study_words_en_last),
       between(sojourn_study_words_de_first, sojourn_study_words_de_last)},
  };
  return panels;
}

std::string page_version() {
  if (page_script().empty()) return "tables and plain figures (built without npm)";
  return "interactive page (" + std::to_string(page_script().size() / 1000) + " kB)";
}

}  // namespace sojourn::tools
