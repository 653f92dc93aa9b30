#include "models/learn/names.h"

#include "models/text/id.h"

#include <algorithm>
#include <set>

namespace sojourn::models {
namespace {

constexpr std::size_t longest_id = 150;

/// Takes the name, or the name with the first number behind it that nobody has.
std::string unique(std::string id, std::set<std::string>& taken) {
  if (id.size() > longest_id) id.resize(longest_id);
  std::string free = id;
  for (int number = 2; !taken.insert(free).second; ++number) free = id + "_" + std::to_string(number);
  return free;
}

std::string id_of(const std::string& name, const char* otherwise) {
  std::string id = suggest_id(name);
  return id.empty() ? otherwise : id;
}

}  // namespace

std::vector<std::string> outcome_ids(const std::vector<std::string>& exits) {
  // `abandoned` is there anyhow, and `elsewhere` is a touchpoint.
  std::set<std::string> taken = {"abandoned", kElsewhere};
  std::vector<std::string> ids;
  for (const std::string& exit : exits) ids.push_back(unique(id_of(exit, "end"), taken));
  return ids;
}

std::vector<NamedState> state_names(const std::vector<Context>& contexts, const Alphabet& alphabet, Symbol start,
                                    const std::vector<LearnedExit>& exits) {
  std::set<std::string> taken = {"abandoned", kElsewhere};
  for (const LearnedExit& exit : exits) taken.insert(exit.id);
  std::vector<NamedState> plain;  // [symbol]
  for (const std::string& symbol : alphabet.symbols) {
    const std::string label = symbol.empty() ? "Something rare" : symbol;
    plain.push_back({unique(id_of(label, "step"), taken), label});
  }
  std::vector<NamedState> names;
  for (const Context& context : contexts) {
    NamedState name = plain[context.back(0)];
    for (unsigned i = 1; i < context.depth(); ++i) {
      if (context.back(i) == start) {
        name.id += "_first";
        name.label += i == 1 ? ", first" : " first";
      } else {
        name.id += "_after_" + plain[context.back(i)].id;
        name.label += (i == 1 ? ", after " : ", before that ") + plain[context.back(i)].label;
      }
    }
    if (context.depth() > 1) name.id = unique(name.id, taken);
    names.push_back(std::move(name));
  }
  return names;
}

void name_personas(LearnedJourney& journey, const Alphabet& alphabet, bool from_column,
                   const std::vector<std::vector<double>>& visits) {
  std::set<std::string> taken;
  std::vector<LearnedPersona>& personas = journey.personas;
  for (std::size_t z = 0; z < personas.size(); ++z) {
    if (from_column) {
      personas[z].label = alphabet.personas[z];
      personas[z].id = unique(id_of(personas[z].label, "persona"), taken);
    } else if (personas.size() == 1) {
      personas[z].id = "everybody";
      personas[z].label = "Everybody";
    } else {
      double most = -1;
      std::size_t typical = 0;
      for (std::size_t symbol = 0; symbol < alphabet.symbols.size(); ++symbol) {
        double others = 0, share = 0;
        for (std::size_t other = 0; other < personas.size(); ++other) {
          if (other == z) continue;
          others += personas[other].share * visits[other][symbol];
          share += personas[other].share;
        }
        const double more = visits[z][symbol] - others / share;
        if (more > most) {
          most = more;
          typical = symbol;
        }
      }
      const std::string& name = alphabet.symbols[typical].empty() ? "something rare" : alphabet.symbols[typical];
      personas[z].id = unique("kind_" + std::to_string(z + 1), taken);
      personas[z].label = "More often: " + name;
    }
  }
}

void name_late(LearnedJourney& journey) {
  std::set<std::string> taken = {"abandoned", kElsewhere};
  for (const LearnedExit& exit : journey.exits) taken.insert(exit.id);
  for (const LearnedTouchpoint& one : journey.touchpoints) {
    if (!one.late) taken.insert(one.id);
  }
  for (LearnedTouchpoint& one : journey.touchpoints) {
    if (one.late) one.id = unique(one.id + "_later", taken);
  }
}

}  // namespace sojourn::models
