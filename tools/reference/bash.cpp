#include "tools/reference/shells.h"

#include <utility>

namespace sojourn::tools {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// What stands behind a pattern of the script's case: which values, and whether more than one may follow.
std::string action(const Offer& offer, Takes takes) {
  std::string text = "kind=";
  switch (offer.kind) {
    case Offer::Kind::nothing: text += "nothing"; break;
    case Offer::Kind::choices: text += "choices values='" + joined(offer.values) + "'"; break;
    case Offer::Kind::files: text += "files"; break;
    case Offer::Kind::folders: text += "folders"; break;
  }
  if (!offer.endings.empty()) text += " values='" + joined(offer.endings) + "'";
  return takes == Takes::many ? text + " many=yes" : text;
}

/// The lines of a verb in the case, options with the same action in one.
std::string cases(const Verb& verb) {
  std::vector<std::pair<std::string, std::string>> lines;  // action, patterns
  const auto add = [&](const std::string& pattern, const std::string& what) {
    for (auto& [known, patterns] : lines) {
      if (known == what) {
        patterns += "|" + pattern;
        return;
      }
    }
    lines.emplace_back(what, pattern);
  };
  for (const OptionSyntax& option : verb.syntax.options) {
    const std::string pattern = verb.name + ":" + option.name;
    add(pattern,
        option.takes == Takes::nothing ? "kind=flag" : action(offer_for(option.value, option.choices), option.takes));
  }
  std::string text;
  for (const auto& [what, patterns] : lines) text += "    " + patterns + ") " + what + " ;;\n";
  int number = 0;
  for (const OperandSyntax& operand : verb.syntax.operands) {
    const bool many = operand.takes == Takes::many;
    text += "    " + verb.name + ":" + (many ? "[1-9]*" : std::to_string(++number)) + ") " +
            action(offer_for(operand.name, operand.choices), Takes::one) + " ;;\n";
  }
  return text;
}

constexpr std::string_view kFiles = R"(
# _sojourn_files WORD [ENDING...]: files with these endings, or, where there are none of them, any file; and folders.
_sojourn_files() {
  local word=$1 ending
  shift
  compopt -o filenames 2>/dev/null
  for ending; do
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X "!*.$ending" -- "$word")
  done
  if (($# > 0)); then mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$word"); fi
  if ((${#COMPREPLY[@]} == 0)); then mapfile -t COMPREPLY < <(compgen -f -- "$word"); fi
}
)";

constexpr std::string_view kMain = R"(
_sojourn() {
  local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} verbs options kind values many
  local i one pending='' operands=0 dashes='' before=''
  COMPREPLY=()
  _sojourn_words "$verb"
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "$verbs help --help --version" -- "$word")
    return
  fi
  if [[ $verb == help ]]; then
    if ((COMP_CWORD == 2)); then mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$word"); fi
    return
  fi

  # What stands before: the option whose value is due, and how many operands there are. Bash parts --option=value at the sign.
  for ((i = 2; i < COMP_CWORD; ++i)); do
    one=${COMP_WORDS[i]}
    if [[ -n $dashes ]]; then
      ((++operands))
    elif [[ $one == -- ]]; then
      dashes=yes pending=''
    elif [[ $one == --*=* ]]; then
      pending=''
    elif [[ $one == -?* ]]; then
      _sojourn_takes "$verb" "$one"
      pending=$one
      if [[ -z $kind || $kind == flag ]]; then pending=''; fi
    elif [[ -z $pending ]]; then
      ((++operands))
    elif [[ $one != '=' ]]; then
      _sojourn_takes "$verb" "$pending"
      if [[ -z $many ]]; then pending=''; fi
    fi
  done
  if [[ $word == '=' ]]; then word=''; fi
  if [[ -z $dashes && $word == --*=* ]]; then  # where COMP_WORDBREAKS has no =
    pending=${word%%=*} before=$pending= word=${word#*=}
  fi

  if [[ -n $pending ]]; then
    _sojourn_takes "$verb" "$pending"
    if [[ -n $many && $word == -* ]]; then pending=''; fi
  fi
  if [[ -z $pending && -z $dashes && $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options --help" -- "$word")
    return
  fi
  if [[ -z $pending ]]; then _sojourn_takes "$verb" $((operands + 1)); fi
  case $kind in
    choices) mapfile -t COMPREPLY < <(compgen -W "$values" -- "$word") ;;
    files) _sojourn_files "$word" $values ;;
    folders)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      ;;
  esac
  if [[ -n $before ]]; then COMPREPLY=("${COMPREPLY[@]/#/$before}"); fi
}
complete -F _sojourn sojourn
)";

}  // namespace

std::string bash_completion(std::span<const Verb> verbs, Language language) {
  std::string names, options, takes;
  for (const Verb& verb : verbs) {
    names += (names.empty() ? "" : " ") + verb.name;
    std::string words;
    for (const OptionSyntax& option : verb.syntax.options) words += (words.empty() ? "" : " ") + option.name;
    options += "    " + verb.name + ") options='" + words + "' ;;\n";
    takes += cases(verb);
  }
  std::string text =
      "# " + std::string(Phrase("Completions of sojourn for {0}, as 'sojourn completion' writes them.").in(language)) +
      "\n\n";
  text = filled(text, {"bash"});
  text += "# Sets `verbs`, and `options` of a verb.\n_sojourn_words() {\n  verbs='" + names +
          "' options=''\n  case $1 in\n" + options + "  esac\n}\n\n";
  text +=
      "# _sojourn_takes VERB WORD: sets what an option takes, or the operand of that number. `kind` is empty for "
      "neither.\n"
      "_sojourn_takes() {\n  kind='' values='' many=''\n  case $1:$2 in\n" +
      takes + "  esac\n}\n";
  text += kFiles;
  text += kMain;
  return text;
}

}  // namespace sojourn::tools
