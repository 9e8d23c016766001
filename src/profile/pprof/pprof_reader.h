// PprofReader: the fields and the small messages of profile.proto, with what
// is wrong about them. Part of the decoder.
//
// The first thing wrong is kept and reading goes on, with 0 in its place: that
// is harmless, and a walk over a message needs no way out of its middle.
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
  /// `strings` is complete before anything that names a string is read.
  explicit PprofReader(const StringTable& strings) : strings_(strings) {}

  /// The fields of a message.
  WireFields Fields(std::string_view message) { return {message, problem_}; }

  /// The current field of a message, which a known number and the wrong kind
  /// unmask: this is no profile.
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
  /// Calls `sink` for each of the numbers of a field, packed or not, most of
  /// which are small. Bytes of a packed field may be looked at up to
  /// `readable`, which is not before its end.
  template <typename Sink>
  void ShortNumbers(const WireFields& field, const char* readable, Sink sink) {
    if (!field.is_bytes()) return sink(Number(field));
    ShortNumbers(field.bytes(), readable, sink);
  }
  /// The same of what is left of a packed field.
  template <typename Sink>
  void ShortNumbers(std::string_view packed, const char* readable, Sink sink) {
    ForEachShortNumber(packed.data(), packed.data() + packed.size(), readable,
                       problem_, sink);
  }
  /// The same of any numbers.
  template <typename Sink>
  void Numbers(const WireFields& field, const char* readable, Sink sink) {
    if (!field.is_bytes()) return sink(Number(field));
    const std::string_view packed = field.bytes();
    ForEachNumber(packed.data(), packed.data() + packed.size(), readable,
                  problem_, sink);
  }

  /// Into `type`, as two of them are merged by protobuf's rule.
  void ReadValueType(WireFields message, ValueType& type);
  Mapping ReadMapping(WireFields message);
  Function ReadFunction(WireFields message);
  Line ReadLine(WireFields message, const IdIndex& functions);
  SampleLabel ReadLabel(WireFields message);

  /// `what` follows the name of a file: "is cut short".
  void Fail(std::string what);
  /// The bytes themselves are wrong.
  bool is_damaged() const { return problem_ != WireProblem::kNone; }
  /// Of the bytes, or else of what they say.
  std::optional<Error> error() const;

 private:
  std::uint64_t FailAsNoNumber(std::uint32_t tag);
  std::string_view FailAsNoBytes(std::uint32_t tag);
  StringId FailAsNoString(std::uint64_t index);

  const StringTable& strings_;
  WireProblem problem_ = WireProblem::kNone;
  std::optional<Error> error_;
};

/// What is wrong with the bytes, if anything.
std::optional<Error> ErrorOf(WireProblem problem);

/// kInvalidArgument with a hint on how to make a profile that can be read.
Error NotAProfile(std::string what);

}  // namespace pmcp::profile
