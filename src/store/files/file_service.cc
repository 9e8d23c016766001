#include "store/files/file_service.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::store {
namespace {

/// Names of profiles and of sample types, as profilers write them into names of
/// files, and endings.
constexpr std::array<std::string_view, 51> kKindWords = {
    "alloc",         "allocation",  "allocations",  "allocs",
    "alloc_objects", "alloc_space", "block",        "blocked",
    "contention",    "contentions", "cpu",          "cpuprofile",
    "debug",         "default",     "delay",        "delta",
    "fgprof",        "goroutine",   "goroutines",   "gz",
    "heap",          "heapprofile", "inuse",        "inuse_objects",
    "inuse_space",   "live",        "lock",         "locks",
    "mem",           "memory",      "mutex",        "objects",
    "offcpu",        "out",         "output",       "pb",
    "pgo",           "pprof",       "prof",         "profile",
    "profiles",      "profiling",   "sample",       "samples",
    "space",         "test",        "threadcreate", "time",
    "trace",         "wall",        "zst"};

/// Whether `word` is a number or a kind of profile, and so no part of the name
/// of a service.
bool IsKindWord(std::string_view word) {
  if (word.empty() || IsDigits(word)) return true;
  std::string lower(word);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::ranges::find(kKindWords, lower) != kKindWords.end();
}

/// Whether every word of "cpu-2026-11-30" or "heap_after" is a kind or number.
bool IsAllKinds(std::string_view name) {
  return std::ranges::all_of(Split(name, "-_ "), IsKindWord);
}

/// "prod" of "prod_cpu" and of "prod-2026-11-30": without kinds and dates at
/// the end. A short number is a part of the name: "shop-2".
std::string_view WithoutKindsBehind(std::string_view name) {
  constexpr std::size_t kDateDigits = 6;
  std::string_view kept = name;
  std::size_t digits = 0;  // of the numbers after `kept`
  while (true) {
    const std::size_t cut = name.find_last_of("-_ ");
    const bool is_last = cut == std::string_view::npos || cut == 0;
    const std::string_view word = name.substr(is_last ? 0 : cut + 1);
    if (is_last || !IsKindWord(word)) break;
    name = name.substr(0, cut);
    digits = IsDigits(word) ? digits + word.size() : 0;
    if (digits == 0 || digits >= kDateDigits) kept = name;
  }
  return kept;
}

/// NAME of pprof.NAME.samples.cpu.001.pb.gz; it may have dots. Empty when
/// `file` is not of that form.
std::string_view NameSavedByPprof(std::string_view file) {
  constexpr std::string_view kPrefix = "pprof.";
  if (!file.starts_with(kPrefix)) return {};
  file.remove_prefix(kPrefix.size());
  bool has_number = false;
  while (true) {
    const std::size_t dot = file.rfind('.');
    const std::string_view last = file.substr(dot + 1);  // npos + 1 is 0
    // A test's binary is "name.test", which is a part of the name.
    if (!IsKindWord(last) || last == "test") break;
    has_number = has_number || IsDigits(last);
    if (dot == std::string_view::npos) return {};
    file = file.substr(0, dot);
  }
  return has_number ? file : std::string_view();
}

std::string_view ServiceOfName(std::string_view file) {
  if (const auto saved = NameSavedByPprof(file); !saved.empty()) return saved;
  const std::string_view stem = file.substr(0, file.find('.'));
  if (IsAllKinds(stem)) return {};
  return WithoutKindsBehind(stem);
}

}  // namespace

std::string ServiceOfFile(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view folder = path.substr(0, slash);
    if (!IsAllKinds(folder)) return Sanitize(folder);
  }
  return Sanitize(ServiceOfName(BaseName(path)));
}

std::string ServiceOfMapping(const profile::Profile& profile) {
  for (const profile::Mapping& mapping : profile.mappings) {
    const std::string_view file = profile.strings[mapping.filename];
    const std::string_view name = BaseName(file);
    // "[vdso]" and "//anon" are no programs.
    if (!name.empty() && !name.starts_with('[') && !file.starts_with("//")) {
      return Sanitize(name);
    }
  }
  return {};
}

}  // namespace pmcp::store
