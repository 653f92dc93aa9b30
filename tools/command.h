#pragma once
// The verbs of the program. Each is one file beside this one.

#include "tools/program/console.h"
#include "tools/words/phrase.h"

#include <span>
#include <string>
#include <string_view>

namespace sojourn::tools {

struct Command {
  std::string_view name;
  Phrase summary;  // one line of `sojourn --help`
  /// The arguments behind the verb. Returns the exit code; throws what tools/main.cpp turns into one.
  int (*run)(std::span<const std::string> arguments, Console& console);
};

int check(std::span<const std::string> arguments, Console& console);
int show(std::span<const std::string> arguments, Console& console);
int run(std::span<const std::string> arguments, Console& console);
int solve(std::span<const std::string> arguments, Console& console);
int compare(std::span<const std::string> arguments, Console& console);
int drivers(std::span<const std::string> arguments, Console& console);
int learn(std::span<const std::string> arguments, Console& console);
int calibrate(std::span<const std::string> arguments, Console& console);
int batch(std::span<const std::string> arguments, Console& console);
int merge(std::span<const std::string> arguments, Console& console);
int trace(std::span<const std::string> arguments, Console& console);
int report(std::span<const std::string> arguments, Console& console);
int studio(std::span<const std::string> arguments, Console& console);
int new_journey(std::span<const std::string> arguments, Console& console);
int schema(std::span<const std::string> arguments, Console& console);
int doctor(std::span<const std::string> arguments, Console& console);
int completion(std::span<const std::string> arguments, Console& console);
int manual(std::span<const std::string> arguments, Console& console);

inline constexpr Command commands[] = {
    {"check", "finds every mistake in journeys and scenarios", check},
    {"show", "prints a journey in full, or what scenarios change in it", show},
    {"run", "sends customers through a journey and says how it goes", run},
    {"solve", "answers the same questions exactly, where it can be done", solve},
    {"compare", "sends the same customers through a journey and through what-ifs", compare},
    {"drivers", "says which numbers of a journey move its results most", drivers},
    {"learn", "makes a journey from an event log", learn},
    {"calibrate", "calibrates a journey to real answers of a survey", calibrate},
    {"batch", "carries out a designed study, whatever happens on the way", batch},
    {"merge", "makes the result of a study from its parts", merge},
    {"trace", "follows one customer, visit by visit", trace},
    {"report", "makes one web page of a result that was kept", report},
    {"studio", "changes numbers in the browser and shows at once what that does", studio},
    {"new", "writes a small journey and a what-if to start from", new_journey},
    {"schema", "prints the JSON Schema of the files, for editors", schema},
    {"doctor", "says what this build and machine have, and whether all is well", doctor},
    {"completion", "prints what makes a shell complete sojourn's words", completion},
    {"manual", "prints the manual's pages, for man", manual},
};

}  // namespace sojourn::tools
