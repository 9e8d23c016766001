// The fields of profile.proto by message, for the decoder and the encoder.
#pragma once

#include <cstdint>

namespace pmcp::profile::pprof_fields {

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

enum class Sample : std::uint32_t { kLocationId = 1, kValue, kLabel };

enum class Label : std::uint32_t { kKey = 1, kStr, kNum, kNumUnit };

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

enum class Location : std::uint32_t {
  kId = 1,
  kMappingId,
  kAddress,
  kLine,
  kIsFolded
};

enum class Line : std::uint32_t { kFunctionId = 1, kLine, kColumn };

enum class Function : std::uint32_t {
  kId = 1,
  kName,
  kSystemName,
  kFilename,
  kStartLine
};

}  // namespace pmcp::profile::pprof_fields
