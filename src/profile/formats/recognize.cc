#include "profile/formats/recognize.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/gzip.h"
#include "base/sanitize.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/zstd.h"
#include "profile/formats/pprof_prefix.h"

namespace pmcp::profile {
namespace {

constexpr std::string_view kWithPprof = "go tool pprof -proto FILE converts it";
constexpr std::string_view kSpeedscope = "www.speedscope.app opens it";
constexpr std::string_view kCallgrind = "callgrind_annotate FILE shows it";
constexpr std::string_view kPerfetto = "ui.perfetto.dev opens it";
constexpr std::string_view kDatadog = "record it with @datadog/pprof";

constexpr std::string_view kText = "text";
constexpr std::string_view kSvg = "an SVG picture";
constexpr std::string_view kHtml = "an HTML page";

/// A format that begins with fixed bytes.
struct Magic {
  std::string_view bytes;
  FileKind kind;
  std::string_view what;
  std::string_view hint;
};

constexpr auto kOther = FileKind::kOther;
constexpr auto kProfile = FileKind::kOtherProfile;

constexpr std::array kMagics = {
    Magic{std::string_view("FLR\0", 4), kProfile,
          "a recording of Java Flight Recorder",
          "jfrconv FILE profile.pb.gz, of async-profiler, converts it"},
    Magic{"PERFILE2", kProfile, "a recording of perf (perf.data)",
          "perf_to_profile converts it"},
    Magic{"Nettrace", kProfile, "a .NET trace",
          "dotnet-trace report FILE topN shows it"},
    Magic{"heap profile:", kProfile, "a heap profile in pprof's old text form",
          kWithPprof},
    Magic{"heap_v2/", kProfile, "a heap profile of jemalloc",
          "jeprof PROGRAM FILE shows it"},
    Magic{"goroutine profile:", kProfile,
          "a goroutine profile as text (debug=1)", "save it without debug=1"},
    Magic{"threadcreate profile:", kProfile,
          "a threadcreate profile as text (debug=1)",
          "save it without debug=1"},
    Magic{"--- contention", kProfile,
          "a contention profile in pprof's old text form", kWithPprof},
    Magic{"--- mutex", kProfile, "a mutex profile as text (debug=1)",
          "save it without debug=1"},
    Magic{"goroutine ", kProfile, "the stacks of goroutines as text (debug=2)",
          "save it without debug=2"},
    Magic{"# callgrind format", kProfile, "a profile of callgrind", kCallgrind},
    Magic{"version: 1\ncreator: callgrind", kProfile, "a profile of callgrind",
          kCallgrind},
    Magic{"\x7f"
          "ELF",
          kOther, "a program", ""},
    Magic{"<!DOCTYPE html", kOther, kHtml, ""},
    Magic{"<!doctype html", kOther, kHtml, ""},
    Magic{"<html", kOther, kHtml, ""},
    Magic{"<svg", kOther, kSvg, ""},
    Magic{"<?xml", kOther, "an XML file", ""},
};

/// A format in JSON, told by the names in its first bytes.
struct JsonFormat {
  std::array<std::string_view, 2> names;
  std::string_view what;
  std::string_view hint;
};

constexpr std::array kJsonFormats = {
    JsonFormat{{"speedscope", "\"$schema\""}, "a speedscope file", kSpeedscope},
    JsonFormat{
        {"\"callFrame\"", "\"selfSize\""}, "a V8 heap profile", kDatadog},
    JsonFormat{{"\"nodes\"", "\"callFrame\""}, "a V8 CPU profile", kDatadog},
    JsonFormat{{"\"resourceProfiles\"", ""},
               "OTLP profiles as JSON",
               "record it in pprof's format"},
    JsonFormat{{"\"meta\"", "\"preprocessedProfileVersion\""},
               "a Firefox profile",
               "profiler.firefox.com opens it"},
    JsonFormat{{"\"gc_samples\"", "\"missed_samples\""},
               "a profile of stackprof as JSON",
               kSpeedscope},
    JsonFormat{{"\"start_call_stack\"", "\"sample_count\""},
               "a session of pyinstrument",
               "pyinstrument --load FILE shows it"},
    JsonFormat{{"\"traceEvents\"", "\"ph\""}, "a Chrome trace", kPerfetto},
    JsonFormat{{"\"ph\"", "\"ts\""}, "a Chrome trace", kPerfetto},
};

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// "go 1.22 trace" and zeros.
bool IsGoTrace(std::string_view prefix) {
  constexpr std::size_t kHeaderBytes = 16;
  return prefix.starts_with("go 1.") &&
         Contains(prefix.substr(0, kHeaderBytes), " trace");
}

/// Words of 8 bytes: 0, 3, 0, the period, 0
/// (gperftools, doc/cpuprofile-fileformat.html).
bool IsGperftoolsCpu(std::string_view prefix) {
  constexpr std::size_t kWords = 5;
  std::array<std::uint64_t, kWords> words{};
  if (prefix.size() < sizeof(words)) return false;
  std::memcpy(words.data(), prefix.data(), sizeof(words));
  return words[0] == 0 && words[1] == 3 && words[2] == 0 && words[3] != 0 &&
         words[4] == 0;
}

/// marshal's dict whose first key is a tuple of 3; the high bit marks
/// references.
bool IsCProfile(std::string_view prefix) {
  constexpr std::size_t kShortest = 3;
  if (prefix.size() < kShortest) return false;
  const char dict = static_cast<char>(prefix[0] & 0x7f);
  const char tuple = static_cast<char>(prefix[1] & 0x7f);
  return dict == '{' && (tuple == '(' || tuple == ')') && prefix[2] == 3;
}

/// An LZ4 frame whose content begins with "memray".
bool IsMemray(std::string_view prefix) {
  constexpr std::size_t kHeaderBytes = 32;
  return prefix.starts_with("memray") ||
         (prefix.starts_with("\x04\x22\x4d\x18") &&
          Contains(prefix.substr(0, kHeaderBytes), "memray"));
}

/// Marshal 4.8 of a hash with the key :mode.
bool IsStackprof(std::string_view prefix) {
  return prefix.starts_with("\x04\x08{") && Contains(prefix, ":\x09mode");
}

/// UTF-8 without control characters; the last character may be cut off.
bool IsText(std::string_view prefix) {
  constexpr std::size_t kLongestCutCharacter = 3;
  if (prefix.empty()) return false;
  while (!prefix.empty()) {
    const Utf8Step step = DecodeUtf8(prefix);
    if (step.code_point == kInvalidUtf8) {
      return prefix.size() <= kLongestCutCharacter;
    }
    const bool is_space = step.code_point == '\n' || step.code_point == '\r' ||
                          step.code_point == '\t';
    if (step.code_point < ' ' && !is_space) return false;
    prefix.remove_prefix(step.bytes);
  }
  return true;
}

/// "main;serve;work 12": frames and a count, in each whole line.
bool IsCollapsed(std::string_view prefix) {
  std::size_t lines = 0;
  while (!prefix.empty()) {
    const std::size_t end = prefix.find('\n');
    if (end == std::string_view::npos) break;
    const std::string_view line = prefix.substr(0, end);
    prefix.remove_prefix(end + 1);
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos ||
        !Contains(line.substr(0, space), ";") ||
        !IsDigits(line.substr(space + 1))) {
      return false;
    }
    ++lines;
  }
  return lines > 0;
}

/// What `perf script` prints: "app 4242 10.000001: 250000 cycles:u:", and below
/// it the frames, "    401100 handle+0x10 (/usr/bin/app)".
bool IsPerfScript(std::string_view prefix) {
  const std::size_t end = prefix.find('\n');
  if (end == std::string_view::npos || end == 0) return false;
  const std::string_view first = prefix.substr(0, end);
  const std::string_view rest = prefix.substr(end + 1);
  const std::string_view second = Trim(rest.substr(0, rest.find('\n')));
  constexpr std::size_t kAddressDigits = 4;  // at least
  const std::size_t digits = second.find_first_not_of("0123456789abcdef");
  const bool is_indented = rest.starts_with(' ') || rest.starts_with('\t');
  return is_indented && first.front() != '#' && Trim(first).ends_with(':') &&
         Contains(first, ": ") && second.ends_with(')') &&
         digits >= kAddressDigits && digits == second.find(' ');
}

/// The words between the tags, with one space for white space.
std::string TextOfHtml(std::string_view html) {
  std::string text;
  bool in_tag = false;
  bool has_space = false;
  for (const char c : html) {
    if (c == '<' || c == '>') {
      in_tag = c == '<';
      has_space = true;
    } else if (!in_tag && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
      has_space = true;
    } else if (!in_tag) {
      if (has_space && !text.empty()) text.push_back(' ');
      has_space = false;
      text.push_back(c);
    }
  }
  return text;
}

std::optional<RecognizedFile> RecognizeJson(std::string_view prefix) {
  const std::size_t start = prefix.find_first_not_of(" \n\r\t");
  if (start == std::string_view::npos) return std::nullopt;
  if (prefix[start] != '{' && prefix[start] != '[') return std::nullopt;
  for (const JsonFormat& format : kJsonFormats) {
    const bool has_all = std::ranges::all_of(
        format.names, [&](auto name) { return Contains(prefix, name); });
    if (has_all) return RecognizedFile{kProfile, format.what, format.hint};
  }
  return std::nullopt;
}

RecognizedFile RecognizePlain(std::string_view prefix) {
  if (prefix.starts_with("<?xml") && Contains(prefix, "<svg")) {
    return {kOther, kSvg, ""};
  }
  for (const Magic& magic : kMagics) {
    if (prefix.starts_with(magic.bytes)) {
      return {magic.kind, magic.what, magic.hint};
    }
  }
  if (IsGoTrace(prefix)) {
    return {kProfile, "a Go execution trace", "go tool trace FILE opens it"};
  }
  if (IsGperftoolsCpu(prefix)) {
    return {kProfile, "a CPU profile of gperftools", kWithPprof};
  }
  if (IsStackprof(prefix)) {
    return {kProfile, "a profile of stackprof", "stackprof FILE shows it"};
  }
  if (IsMemray(prefix)) {
    return {kProfile, "a recording of memray", "memray stats FILE shows it"};
  }
  if (const auto json = RecognizeJson(prefix)) return *json;
  if (LooksLikePprof(prefix)) return {FileKind::kPprof, "", ""};
  if (IsCProfile(prefix)) {
    return {kProfile, "a profile of Python's cProfile",
            "python3 -m pstats FILE shows it"};
  }
  if (IsText(prefix)) {
    if (IsCollapsed(prefix)) {
      return {kProfile, "collapsed stacks", kSpeedscope};
    }
    if (IsPerfScript(prefix)) {
      return {kProfile, "the output of perf script",
              "perf_to_profile converts perf.data"};
    }
    return {kOther, kText, ""};
  }
  return {};
}

}  // namespace

std::string Describe(const RecognizedFile& file) {
  if (file.hint.empty()) return std::string(file.what);
  return fmt::format("{} ({})", file.what, file.hint);
}

RecognizedFile Recognize(std::string_view prefix) {
  if (IsGzip(prefix)) {
    return RecognizePlain(GunzipPrefix(prefix, kRecognizedBytes));
  }
  if (IsZstd(prefix)) {
    return RecognizePlain(UnzstdPrefix(prefix, kRecognizedBytes));
  }
  return RecognizePlain(prefix);
}

std::optional<std::string> DescribeForeign(std::string_view prefix) {
  constexpr std::size_t kTextCodePoints = 60;
  const RecognizedFile file = Recognize(prefix);
  if (file.kind == FileKind::kPprof || file.what.empty()) return std::nullopt;
  if (file.kind == FileKind::kOtherProfile) {
    return fmt::format("is {}, which is not read ({})", file.what, file.hint);
  }
  const bool is_html = file.what == kHtml;
  if (!is_html && file.what != kText) {
    return fmt::format("is {}, not a profile", file.what);
  }
  const std::string_view trimmed = Trim(prefix);
  const std::string text =
      is_html ? TextOfHtml(prefix)
              : std::string(Trim(trimmed.substr(0, trimmed.find('\n'))));
  return fmt::format("is {}, not a profile: \"{}\"", file.what,
                     Shorten(Sanitize(text), kTextCodePoints));
}

}  // namespace pmcp::profile
