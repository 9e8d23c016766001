// IngestRules: which of two rule sets turns a file into rows and samples.
#pragma once

#include <cstdint>

namespace pmcp::store {

enum class IngestRules : std::uint8_t {
  /// What a Pyroscope server stores of a pushed profile: it refuses and drops
  /// what docs/pyroscope-behavior.md says. For comparison with recordings.
  kAsPushed,
  /// What `go tool pprof` shows of the file: nothing that counts is dropped.
  kAsFiles,
};

}  // namespace pmcp::store
