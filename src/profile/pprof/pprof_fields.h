// The field tags of profile.proto by message, for the decoder and the encoder.
//
// Texts are indices into the string table. Messages refer to each other by ids,
// which the writer chooses; the id 0 means none.
#pragma once

#include <cstdint>

namespace pmcp::profile::pprof_fields {

// kStringTable has every text of the profile; the first one is "". kDropFrames
// and kKeepFrames are regular expressions for readers that hide the frames of a
// profiler. kTimeNanos is Unix time.
enum class Profile : std::uint32_t {
  kSampleType = 1,
  kSample,
  kMapping,
  kLocation,
  kFunction,
  kStringTable,
  kDropFrames,
  kKeepFrames,
  kTimeNanos,
  kDurationNanos,
  kPeriodType,
  kPeriod,
  kComment,
  kDefaultSampleType,
  kDocUrl
};

enum class ValueType : std::uint32_t { kType = 1, kUnit };

// One call stack: locations, leaf first, and one value for each sample type.
// Both lists may be packed.
enum class Sample : std::uint32_t { kLocationId = 1, kValue, kLabel };

// A text (kStr) or a number (kNum, in kNumUnit).
enum class Label : std::uint32_t { kKey = 1, kStr, kNum, kNumUnit };

// A binary or library in memory. The flags say what the profile already has of
// its functions, so that readers need not look up symbols.
enum class Mapping : std::uint32_t {
  kId = 1,
  kMemoryStart,
  kMemoryLimit,
  kFileOffset,
  kFilename,
  kBuildId,
  kHasFunctions,
  kHasFilenames,
  kHasLineNumbers,
  kHasInlineFrames
};

// A place in the program. Several lines mean inlined functions, innermost
// first.
enum class Location : std::uint32_t {
  kId = 1,
  kMappingId,
  kAddress,
  kLine,
  kIsFolded
};

enum class Line : std::uint32_t { kFunctionId = 1, kLine, kColumn };

// kName is for people, kSystemName is the linker's (mangled).
enum class Function : std::uint32_t {
  kId = 1,
  kName,
  kSystemName,
  kFilename,
  kStartLine
};

}  // namespace pmcp::profile::pprof_fields
