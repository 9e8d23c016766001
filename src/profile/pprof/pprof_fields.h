// The fields of profile.proto by message, for the decoder and the encoder.
//
// Names of things are indices into the table of strings; things refer to each
// other by ids that the writer chose, and 0 means that there is none.
#pragma once

#include <cstdint>

namespace pmcp::profile::pprof_fields {

// Text that the profile speaks of stands once in kStringTable, "" first.
// kDropFrames and kKeepFrames are regular expressions for readers that hide
// the frames of a profiler. kTimeNanos is Unix time.
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

// One call stack: locations with the leaf first, one value for each sample
// type. Both lists come packed or not.
enum class Sample : std::uint32_t { kLocationId = 1, kValue, kLabel };

// A text (kStr) or a number (kNum, in kNumUnit).
enum class Label : std::uint32_t { kKey = 1, kStr, kNum, kNumUnit };

// A binary or library in memory. The flags tell what is already known of the
// functions in it, so that a reader need not look for symbols.
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

// A place in the program. Several lines: functions inlined there, leaf first.
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
