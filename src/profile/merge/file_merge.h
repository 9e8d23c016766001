// FileMerge: merges samples of any number of profiles into one profile for a
// file, which keeps what the profiles have: labels, periods, times, comments,
// mappings and addresses. It merges as `go tool pprof -proto FILE…` does
// (github.com/google/pprof, profile/merge.go). PprofMerge merges as a Pyroscope
// server does. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "profile/merge/merged_entities.h"
#include "profile/pprof/pprof.h"
#include "profile/stacks/stacks.h"
#include "profile/words/profile_type.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

/// The memory of merged samples, without that of the profiles they come from.
inline constexpr std::size_t kMaxMergedBytes = std::size_t{1} << 30;

class FileMerge {
 public:
  explicit FileMerge(std::size_t max_bytes = kMaxMergedBytes);
  // entities_ refers to merged_.
  FileMerge(const FileMerge&) = delete;
  FileMerge& operator=(const FileMerge&) = delete;

  // Equal samples of the profiles become one: those with the same locations and
  // labels. A sample with no value but 0 is left out. All profiles have the
  // same type of period.

  /// Adds samples with all their values. Where the profiles have different
  /// sample types, the result has those that all of them have, in the order of
  /// the first profile.
  void Add(const Profile& profile, std::span<const std::uint32_t> samples);
  /// Adds picked samples with the values of the picks, which are of `type`.
  /// Not together with the other Add.
  void Add(const Profile& profile, std::span<const SamplePick> picks,
           const ProfileType& type);

  /// The number of profiles that were added.
  std::size_t profiles() const { return profiles_; }
  /// Whether the result lacks sample types that some of the profiles have.
  bool lacks_types() const { return lacks_types_; }

  /// The period is the longest, the time the earliest that is known, the
  /// duration the sum; comments are those of all profiles; drop_frames and
  /// keep_frames are those of the first profile. An error when the samples take
  /// more than the limit, or the profiles have no sample type in common.
  Result<Profile> Finish() &&;

 private:
  // Key, text, number (two words) and unit.
  using LabelWords = std::array<std::uint32_t, 5>;

  void AddHeader(const Profile& profile);
  void ChooseTypes(const Profile& profile, std::vector<ValueType> types);
  void KeepTypes(const std::vector<ValueType>& kept);
  void AddSample(const Profile& profile, std::uint32_t sample,
                 std::span<const std::int64_t> values);
  void AppendLabels(std::span<const SampleLabel> labels);
  void CheckSize();
  void AppendSamples();

  const std::size_t max_bytes_;
  Profile merged_;
  MergedEntities entities_{merged_};
  std::size_t profiles_ = 0;
  bool lacks_types_ = false;
  std::optional<Error> error_;  // the first one; nothing is added after it

  // Of each sample the number of its locations, the locations and the labels,
  // as bytes. The id of a key is the index of the sample.
  StringTable keys_;
  // As many for each sample as there are sample types.
  std::vector<std::int64_t> values_;

  // Of the profile that is added.
  std::vector<std::size_t> column_of_;  // by index in merged_.sample_types
  std::vector<std::uint32_t> key_;
  std::vector<LabelWords> labels_;
};

}  // namespace pmcp::profile
