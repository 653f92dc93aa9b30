# shellcheck shell=bash
# Sourced by the scripts beside it (bash): where the checkout is, how they speak, how many jobs fit, how a preset is built.

set -euo pipefail
shopt -s inherit_errexit
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$top"

# A cache of compiled files works across checkouts (and with precompiled headers) only if it is told so.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$top}
export CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros}
export NINJA_STATUS=${NINJA_STATUS:-"[%f/%t %es] "}

say() { printf '== %s\n' "$*"; }
complain() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }
refuse_usage() {
  complain "$*. Try '$0 --help'"
  exit 2
}

# Prints the comment at the head of the calling script: what `--help` says.
print_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; }

# A compiler of template-heavy C++ takes up to 1.5 GB: as many jobs as cores, and as fit in what memory is free.
job_count() {
  local cores available_kb=0 fit
  cores=$(nproc)
  if [[ -r /proc/meminfo ]]; then available_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo); fi
  fit=$((available_kb / 1500000))
  if ((available_kb == 0 || fit > cores)); then fit=$cores; fi
  echo $((fit > 0 ? fit : 1))
}

# configure PRESET: quiet unless it fails. A build folder that was made for another checkout is started anew.
configure() {
  local preset=$1 build=$top/build/$1 cache=$top/build/$1/CMakeCache.txt log
  log=$build/configure.log
  if [[ -e $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$top" "$cache"; then
    say "build/$preset belongs to another checkout: starting it anew"
    rm -rf "$build"
  fi
  if ! mkdir -p "$build" || ! : >"$log"; then
    complain "build/$preset cannot be written. If another user built here, remove build/ (it holds nothing but results)"
    return 1
  fi
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    complain "cmake --preset $preset failed. If a package is missing, run tools/setup"
    return 1
  fi
}

# build PRESET [TARGET...]: configures and builds, saying so.
build() {
  local preset=$1 jobs
  shift
  jobs=$(job_count)
  say "building build/$preset${*:+ ($*)} with $jobs job(s)"
  configure "$preset" || return
  cmake --build --preset "$preset" --parallel "$jobs" ${@:+--target "$@"}
}
