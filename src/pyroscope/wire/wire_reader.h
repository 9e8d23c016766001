// WireReader: reads the protobuf fields of an answer and keeps the first error,
// with the endpoint and the path of the field but not its content.
//
// Answers are untrusted. The nesting depth is bounded, since each level has its
// own read function. Memory is bounded by Charge: two bytes on the wire may be
// an exemplar of 200 bytes in memory. The methods may throw protozero's
// exceptions, which ReadAnswer catches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace protozero {
class pbf_reader;
}

namespace pmcp::pyroscope {

/// Limits of one decoded answer.
struct WireLimits {
  std::size_t memory_bytes = std::size_t{1} << 30;
  /// A server sends about a million nodes, plus nodes of equal value and leaves
  /// for what it truncated.
  std::size_t tree_nodes = std::size_t{4} << 20;
  /// Stacks have at most 1000 locations, some with inlined functions.
  std::size_t tree_depth = 8192;
};

class WireReader {
 public:
  explicit WireReader(std::string_view endpoint, const WireLimits& limits = {})
      : endpoint_(endpoint), limits_(limits) {}

  /// Moves to the next field. False at the end and after an error.
  bool Next(protozero::pbf_reader& message);

  /// These read the current field of `message`; errors name `path`. A field of
  /// another wire type is an error and reads as 0 or "".
  std::uint64_t Number(protozero::pbf_reader& message, std::string_view path);
  std::int64_t Signed(protozero::pbf_reader& message, std::string_view path);
  double Double(protozero::pbf_reader& message, std::string_view path);
  std::string_view Bytes(protozero::pbf_reader& message, std::string_view path);
  /// A copy of Bytes, charged.
  std::string Text(protozero::pbf_reader& message, std::string_view path);
  protozero::pbf_reader Message(protozero::pbf_reader& message,
                                std::string_view path);

  /// Adds to the memory in use. False, with an error, above the limit.
  bool Charge(std::size_t bytes);

  void Fail(std::string_view path, std::string_view what);
  /// Sets the error kTooLarge.
  void FailTooLarge();
  const WireLimits& limits() const { return limits_; }
  const std::string& path() const { return path_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  void SkipWrongKind(protozero::pbf_reader& message, std::string_view wanted);

  const std::string endpoint_;
  const WireLimits limits_;
  std::size_t charged_bytes_ = 0;
  std::string path_;
  std::optional<Error> error_;
};

/// Runs `read` and turns protozero's exceptions into errors: kBadResponse or
/// kTooLarge.
Result<void> ReadAnswer(std::string_view endpoint,
                        const std::function<void(WireReader&)>& read,
                        const WireLimits& limits = {});

}  // namespace pmcp::pyroscope
