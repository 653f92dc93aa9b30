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

constexpr std::string_view kTogether = R"(
# _sojourn_together: sets `words` to what stands up to the cursor. Bash parts words at = and : (COMP_WORDBREAKS) as well as at blanks;
# here they are whole again. `cut`: what of the last one stands before the part that bash completes.
_sojourn_together() {
  local i part blanks rest=$COMP_LINE
  words=()
  for ((i = 0; i <= COMP_CWORD; ++i)); do
    part=${COMP_WORDS[i]} blanks=${rest%%[![:space:]]*}
    if ((i > 0)) && [[ -z $blanks && $rest == "$part"* && ($part == [:=]* || ${COMP_WORDS[i - 1]} == *[:=]) ]]; then
      words[-1]+=$part
    else
      words+=("$part")
    fi
    rest=${rest#"$blanks"}
    rest=${rest#"$part"}
  done
  cut=${words[-1]%"$part"}
  if [[ $part == [:=]* && $COMP_WORDBREAKS == *"${part:0:1}"* ]]; then cut=${words[-1]}; fi
  cut=${cut//\\/}
}
)";

constexpr std::string_view kMain = R"(
_sojourn() {
  local words cut verbs options kind values many
  _sojourn_together
  local word=${words[-1]} verb=${words[1]} i one pending='' operands=0 dashes='' before=''
  COMPREPLY=()
  _sojourn_words "$verb"
  if ((${#words[@]} == 2)); then
    mapfile -t COMPREPLY < <(compgen -W "$verbs help --help --version" -- "$word")
    return
  fi
  if [[ $verb == help ]]; then
    if ((${#words[@]} == 3)); then mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$word"); fi
    return
  fi

  # What stands before: the option whose value is due, and how many operands there are.
  for ((i = 2; i < ${#words[@]} - 1; ++i)); do
    one=${words[i]}
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
    else
      _sojourn_takes "$verb" "$pending"
      if [[ -z $many ]]; then pending=''; fi
    fi
  done
  if [[ -z $dashes && $word == --*=* ]]; then
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
  # Bash completes the part behind `cut` alone, and does not see then what is a folder.
  for i in "${!COMPREPLY[@]}"; do
    if [[ -n $cut && $kind == @(files|folders) && -d ${COMPREPLY[i]} ]]; then
      COMPREPLY[i]+=/
      compopt -o nospace 2>/dev/null
    fi
    COMPREPLY[i]=$before${COMPREPLY[i]}
    COMPREPLY[i]=${COMPREPLY[i]#"$cut"}
  done
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
  text += kTogether;
  text += kMain;
  return text;
}

}  // namespace sojourn::tools
