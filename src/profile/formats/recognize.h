// Recognize: what a file is, by its first bytes. Decides which files of a
// folder are read as profiles, and says in an error what a file is instead.
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pmcp::profile {

/// At most this much of a file is read to decide what it is.
inline constexpr std::size_t kRecognizedBytes = 4096;

enum class FileKind : std::uint8_t {
  kPprof,         // can be decoded, as far as the first bytes show
  kOtherProfile,  // a profile in another format
  kOther,         // HTML, text, a program …
};

struct RecognizedFile {
  FileKind kind = FileKind::kOther;
  /// With an article, "a V8 CPU profile"; empty for what is not known, and for
  /// pprof.
  std::string_view what;
  /// What shows or converts it: "www.speedscope.app opens it". Empty unless it
  /// is a profile.
  std::string_view hint;
};

/// `prefix`: the first bytes of a file, up to kRecognizedBytes, as they are.
/// Compressed bytes (gzip, zstd) are decompressed to look at them.
RecognizedFile Recognize(std::string_view prefix);

/// "a speedscope file (www.speedscope.app opens it)".
std::string Describe(const RecognizedFile& file);

/// The words of an error about a file that is no pprof profile, which follow
/// its name: "is a V8 CPU profile, which is not read (record it with …)", "is
/// text, not a profile: \"404 page not found\"". Nullopt for bytes that say
/// nothing.
std::optional<std::string> DescribeForeign(std::string_view prefix);

}  // namespace pmcp::profile
