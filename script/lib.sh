# Sourced by the scripts beside it: strict mode, the project's folder as the
# current one, and the steps that several scripts share.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null # nothing here asks a question; CI may have closed stdin

# Uses ccache if it is installed. Its keys include the locale, so that is the
# same everywhere, in the root folders of script/fresh too.
export LANG=C.UTF-8
unset LC_ALL LC_CTYPE LC_MESSAGES
if command -v ccache >/dev/null; then
  export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER-ccache}"
fi

say() { printf '== %s\n' "$*"; }

die() {
  printf 'error: %s\n' "$1" >&2
  shift
  printf 'hint: %s\n' "$@" >&2
  exit 1
}

# Of ninja's "[12/80] …" lines one for each tenth part; warnings and errors whole.
progress() {
  local line percent shown=0
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\  ]]; then
      percent=$((BASH_REMATCH[1] * 100 / BASH_REMATCH[2]))
      ((percent / 10 > shown)) || continue
      shown=$((percent / 10))
      printf '   %3d %%\n' "$percent"
    elif [[ $line != "ninja: no work to do." ]]; then
      printf '%s\n' "$line"
    fi
  done
}

# build PRESET [TARGET…]: configures when needed and builds, all without TARGET.
build() {
  local preset=$1 log
  shift
  log=build/$preset/configure.log
  mkdir -p "build/$preset"
  if ! cmake --preset "$preset" >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
  fi
  say "building $preset${*:+: $*}"
  cmake --build --preset "$preset" ${1:+--target "$@"} | progress
}

# Of ctest's lines those that tell something: what fails, and the summary.
without_passed() {
  grep --line-buffered -vE '^ +Start +[0-9]+: |^ *[0-9]+/[0-9]+ Test .* Passed '
}

# run_tests PRESET [CTEST OPTION…]
run_tests() {
  local preset=$1
  shift
  say "testing $preset"
  ctest --preset "$preset" "$@" | without_passed
}
