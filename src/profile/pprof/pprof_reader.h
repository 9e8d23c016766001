// PprofReader: reads the fields and the small messages of profile.proto and
// collects errors. Part of the decoder.
//
// It keeps the first error and continues with 0 in place of the invalid value.
// This is harmless, and loops over messages need no early exit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "profile/pprof/id_index.h"
#include "profile/pprof/pprof.h"
#include "profile/pprof/pprof_numbers.h"
#include "profile/pprof/wire_fields.h"

namespace pmcp::profile {

class PprofReader {
 public:
  /// `strings` is complete before the first field with a string is read.
  explicit PprofReader(const StringTable& strings) : strings_(strings) {}

  /// The fields of a message.
  WireFields Fields(std::string_view message) { return {message, problem_}; }

  /// The value of the current field of a message. The wrong wire type is an
  /// error.
  std::uint64_t Number(const WireFields& field) {
    return field.is_number() ? field.number() : FailAsNoNumber(field.tag());
  }
  std::int64_t Signed(const WireFields& field) {
    return static_cast<std::int64_t>(Number(field));
  }
  StringId String(const WireFields& field) { return ToStringId(Number(field)); }
  std::string_view Bytes(const WireFields& field) {
    return field.is_bytes() ? field.bytes() : FailAsNoBytes(field.tag());
  }
  WireFields Message(const WireFields& field) { return Fields(Bytes(field)); }
  StringId ToStringId(std::uint64_t index) {
    return index < strings_.size() ? static_cast<StringId>(index)
                                   : FailAsNoString(index);
  }
  /// Calls `sink` for each number of a field, packed or not. For numbers that
  /// are mostly small. May read bytes up to `readable`, which is not before the
  /// end of the field.
  template <typename Sink>
  void ShortNumbers(const WireFields& field, const char* readable, Sink sink) {
    if (!field.is_bytes()) return sink(Number(field));
    const std::string_view packed = field.bytes();
    ForEachShortNumber(packed.data(), packed.data() + packed.size(), readable,
                       problem_, sink);
  }
  /// As above, for numbers of any size.
  template <typename Sink>
  void Numbers(const WireFields& field, const char* readable, Sink sink) {
    if (!field.is_bytes()) return sink(Number(field));
    const std::string_view packed = field.bytes();
    ForEachNumber(packed.data(), packed.data() + packed.size(), readable,
                  problem_, sink);
  }

  /// Reads into `type`: a second message is merged into the first, as protobuf
  /// requires.
  void ReadValueType(WireFields message, ValueType& type);
  Mapping ReadMapping(WireFields message);
  Function ReadFunction(WireFields message);
  Line ReadLine(WireFields message, const IdIndex& functions);
  SampleLabel ReadLabel(WireFields message);

  /// Records an error. `what` follows the name of a file: "is cut short".
  void Fail(std::string what);
  /// Whether the bytes are no valid protobuf message.
  bool is_damaged() const { return problem_ != WireProblem::kNone; }
  /// The error of the bytes, if any, else the first error of their content.
  std::optional<Error> error() const;

 private:
  std::uint64_t FailAsNoNumber(std::uint32_t tag);
  std::string_view FailAsNoBytes(std::uint32_t tag);
  StringId FailAsNoString(std::uint64_t index);

  const StringTable& strings_;
  WireProblem problem_ = WireProblem::kNone;
  std::optional<Error> error_;
};

/// The error that `problem` means, if any.
std::optional<Error> ErrorOf(WireProblem problem);

/// kInvalidArgument with a hint on how to record a readable profile.
Error NotAProfile(std::string what);

}  // namespace pmcp::profile
