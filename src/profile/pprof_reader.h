// PprofReader: the fields and the small messages of profile.proto, with what
// is wrong about them. Part of the decoder, behind whose fence it throws
// protozero's exceptions.
//
// The first thing wrong is kept and reading goes on, with 0 in its place: that
// is harmless, and a walk over a message needs no way out of its middle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "profile/id_index.h"
#include "profile/pprof.h"

namespace protozero {
class pbf_reader;
}

namespace pmcp::profile {

class PprofReader {
 public:
  /// `strings` is complete before anything that names a string is read.
  explicit PprofReader(const StringTable& strings) : strings_(strings) {}

  /// The current field of `message`, which a known number and the wrong kind
  /// unmask: this is no profile.
  std::uint64_t Number(protozero::pbf_reader& message);
  std::int64_t Signed(protozero::pbf_reader& message);
  StringId String(protozero::pbf_reader& message);
  protozero::pbf_reader Message(protozero::pbf_reader& message);
  StringId ToStringId(std::uint64_t index);

  /// Into `type`, as two of them are merged by protobuf's rule.
  void ReadValueType(protozero::pbf_reader message, ValueType& type);
  Mapping ReadMapping(protozero::pbf_reader message);
  Function ReadFunction(protozero::pbf_reader message);
  Line ReadLine(protozero::pbf_reader message, const IdIndex& functions);
  SampleLabel ReadLabel(protozero::pbf_reader message);

  /// `what` follows the name of a file: "is cut short".
  void Fail(std::string what);
  const std::optional<Error>& error() const { return error_; }

 private:
  const StringTable& strings_;
  std::optional<Error> error_;
};

/// kInvalidArgument with a hint on how to make a profile that can be read.
Error NotAProfile(std::string what);

}  // namespace pmcp::profile
