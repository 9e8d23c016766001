// WireReader: reads the fields of an answer and keeps the first thing that is
// wrong, with the endpoint and the path of the field, never with its content.
// Part of the decoders, behind whose fence it throws protozero's exceptions.
//
// Answers are foreign bytes. What they nest is as deep as our own functions;
// what they count is bounded by Charge: two bytes on the wire may be an
// exemplar of 200 bytes in memory.
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

/// What one answer may come to when it is decoded.
struct WireLimits {
  std::size_t memory_bytes = std::size_t{1} << 30;
  /// A server gives about a million, with ties and leaves for what it cut off
  /// on top.
  std::size_t tree_nodes = std::size_t{4} << 20;
  /// Stacks have at most 1000 locations, some with inlined functions.
  std::size_t tree_depth = 8192;
};

class WireReader {
 public:
  explicit WireReader(std::string_view endpoint, const WireLimits& limits = {})
      : endpoint_(endpoint), limits_(limits) {}

  /// Moves on to the next field, unless something was wrong already.
  bool Next(protozero::pbf_reader& message);

  /// The current field of `message`, called `path` in errors.
  std::uint64_t Number(protozero::pbf_reader& message, std::string_view path);
  std::int64_t Signed(protozero::pbf_reader& message, std::string_view path);
  double Double(protozero::pbf_reader& message, std::string_view path);
  std::string_view Bytes(protozero::pbf_reader& message, std::string_view path);
  /// The same as a copy that is charged for.
  std::string Text(protozero::pbf_reader& message, std::string_view path);
  protozero::pbf_reader Message(protozero::pbf_reader& message,
                                std::string_view path);

  /// Whether this much more may be held in memory; else an error.
  bool Charge(std::size_t bytes);

  void Fail(std::string_view path, std::string_view what);
  /// What the endpoint answered does not fit into our bounds.
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

/// Runs `read` behind the fence around protozero. kBadResponse or kTooLarge.
Result<void> ReadAnswer(std::string_view endpoint,
                        const std::function<void(WireReader&)>& read,
                        const WireLimits& limits = {});

}  // namespace pmcp::pyroscope
