#include "tools/terminal/doctor_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/text.h"

#include <span>

namespace sojourn::tools {
namespace {

enum class State { well, lacking, wrong };

/// "  ok     a sentence, wrapped beside its state".
std::string item(const Look& look, State state, const std::string& sentence) {
  const std::string word = state == State::well      ? look.say("ok")
                           : state == State::lacking ? look.say("note")
                                                     : look.say("WRONG");
  const Tone tone = state == State::well ? Tone::better : state == State::lacking ? Tone::dim : Tone::worse;
  constexpr std::size_t kIndent = 2, kWord = 12;
  std::string text;
  for (const std::string& line : wrap(models::printable(sentence), look.width - kIndent - kWord)) {
    const std::string left =
        text.empty() ? look.paint(tone, word) + std::string(kWord - width_of(word), ' ') : std::string(kWord, ' ');
    text += std::string(kIndent, ' ') + left + line + "\n";
  }
  return text;
}

std::string gigabytes(std::uint64_t bytes, const Look& look) {
  return decimal(static_cast<double>(bytes) / 1e9, 1, look) + " GB";
}

std::string lanes_in_words(std::span<const SelfTest> tests, const Look& look) {
  std::string list;
  for (const SelfTest& test : tests) {
    const std::string name = test.lanes.empty() ? look.say("one by one") : test.lanes;
    list += (list.empty() ? "" : ", ") + name;
  }
  return list;
}

std::string program_items(const Diagnosis& diagnosis, const Look& look) {
  const Build& build = diagnosis.build;
  const std::string type = build.type.empty() ? look.say("of no build type") : build.type;
  std::string text = item(look, State::well,
                          look.say("{0}, built by {1} ({2}); random numbers: {3}",
                                   {build.program, build.compiler, type, build.random_numbers}));
  if (!build.optimised) {
    text += item(look, State::lacking,
                 look.say("It was built without optimisation, and is many times slower than it could be: the results "
                          "are the same. Build it with the preset 'release'."));
  }
  text += diagnosis.hdf5_fits()
              ? item(look, State::well, look.say("HDF5 {0} for results", {build.hdf5}))
              : item(look, State::wrong,
                     look.say("HDF5 {0} is loaded, but the program was built with {1}. Build it again on this machine.",
                              {build.hdf5, build.hdf5_built_with}));
  text += build.has_page ? item(look, State::well, look.say("Reports and the studio have their interactive page"))
                         : item(look, State::lacking,
                                look.say("It was built without npm: reports have tables and plain figures only, and "
                                         "there is no studio."));
  text +=
      build.python.empty()
          ? item(look, State::lacking,
                 look.say("It was built without the Python module, which needs pybind11-dev and python3-dev."))
          : item(look, State::well, look.say("The Python module was built with it, for Python {0}", {build.python}));
  if (!diagnosis.mpi_program) {
    text += item(look, State::lacking,
                 look.say("There is no sojourn-mpi: studies over several processes go by 'batch --shard'."));
  } else if (!diagnosis.mpirun) {
    text +=
        item(look, State::lacking,
             look.say("sojourn-mpi is there ({0}), but PATH has no mpirun that starts it.", {*diagnosis.mpi_program}));
  } else {
    text += item(look, State::well,
                 look.say("sojourn-mpi is there: 'mpirun -n R sojourn batch STUDY' works on a study with R processes"));
  }
  return text + item(look, State::well,
                     look.say("Journeys are read in the format {0}; 'sojourn schema' prints its JSON Schema",
                              {build.journey_format}));
}

std::string machine_items(const Diagnosis& diagnosis, const Look& look) {
  std::string text = item(look, State::well,
                          look.say("Threads that a run takes, unless --threads says otherwise: {0}",
                                   {whole(static_cast<std::uint64_t>(diagnosis.threads), look)}));
  const std::span<const SelfTest> tests = diagnosis.self_tests;
  text += item(look, State::well,
               look.say("Lanes that customers walk in, the best of what this processor has: {0} ({1})",
                        {lanes_in_words(tests.first(1), look), lanes_in_words(tests, look)}));
  if (diagnosis.memory) {
    text += item(look, State::well,
                 look.say("Memory: {0}, of which {1} are free",
                          {gigabytes(diagnosis.memory->bytes, look), gigabytes(diagnosis.memory->free_bytes, look)}));
  }
  return text + (diagnosis.browser
                     ? item(look, State::well, look.say("The studio opens its page with {0}", {*diagnosis.browser}))
                     : item(look, State::lacking,
                            look.say("PATH has no xdg-open: the studio prints its address, for you to open in a "
                                     "browser on this machine.")));
}

std::string free_words(const Place& place, const Look& look) {
  return place.free_bytes ? gigabytes(*place.free_bytes, look) : look.say("nobody knows how much");
}

/// Where the user stands.
std::string here_item(const Place& place, const Look& look) {
  const std::string free = free_words(place, look);
  if (!place.not_written.empty()) {
    return item(look, State::wrong,
                look.say("{0}: files cannot be written here ({1}). Go to another folder, or name outputs elsewhere.",
                         {place.path, place.not_written}));
  }
  if (!place.not_locked.empty()) {
    return item(
        look, State::wrong,
        look.say("{0}: {1} free; files can be written, but not locked ({2}). Let 'batch' keep what is done on a "
                 "local disk: --dir.",
                 {place.path, free, place.not_locked}));
  }
  return item(look, State::well, look.say("{0}: {1} free; files can be written and locked", {place.path, free}));
}

/// No study is kept there, so that locks do not matter.
std::string temporary_item(const Place& place, const Look& look) {
  if (!place.not_written.empty()) {
    return item(look, State::wrong,
                look.say("{0}: temporary files cannot be written here ({1}), as workbooks, mpirun and other programs "
                         "want to. Let TMPDIR name a folder that can be written.",
                         {place.path, place.not_written}));
  }
  return item(look, State::well,
              look.say("{0}: {1} free; temporary files can be written", {place.path, free_words(place, look)}));
}

std::string self_test_items(const Diagnosis& diagnosis, const Look& look) {
  std::string text;
  for (const SelfTest& test : diagnosis.self_tests) {
    if (test.as_known) continue;
    const std::string how = test.lanes.empty() ? look.say("one by one") : test.lanes;
    text += item(look, State::wrong,
                 look.say("Walked so: {0}, the figures are others than they must be (digest {1}). Do not trust this "
                          "program, and report this page.",
                          {how, test.digest.substr(0, 16)}));
  }
  if (!text.empty()) return text;
  return item(look, State::well,
              look.say("{0} customers give the same figures to the last bit, and those that are known, however they "
                       "walk: {1}",
                       {whole(kSelfTestAgents, look), lanes_in_words(diagnosis.self_tests, look)}));
}

}  // namespace

std::string doctor_page(const Diagnosis& diagnosis, const Look& look) {
  std::string text = painted(look, Tone::strong, look.say("This program")) + program_items(diagnosis, look);
  text += heading(look, look.say("This machine")) + machine_items(diagnosis, look);
  text += heading(look, look.say("Folders: where you are, and for temporary files")) + here_item(diagnosis.here, look) +
          temporary_item(diagnosis.temporary, look);
  text += heading(look, look.say("Self-test")) + self_test_items(diagnosis, look) + "\n";
  const int wrong = diagnosis.wrong();
  const std::string verdict = wrong == 0   ? look.say("All is well.")
                              : wrong == 1 ? look.say("One thing is wrong.")
                                           : look.say("{0} things are wrong.", {std::to_string(wrong)});
  return text + painted(look, wrong == 0 ? Tone::better : Tone::worse, verdict);
}

}  // namespace sojourn::tools
