// Profile: one pprof profile in memory, with the content of profile.proto, but
// with references resolved to indices and the samples in columns.
//
// Decoding and encoding again loses nothing but unknown fields. A Profile is
// not normalized (store/pushed/normalize does that) and has no series labels.
// Format: github.com/google/pprof, proto/profile.proto.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/raw_vector.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

/// The index of a reference that a profile omits (mapping_id 0), or of a
/// reference to a function or location that the profile does not have.
inline constexpr std::uint32_t kNoIndex =
    std::numeric_limits<std::uint32_t>::max();
/// kNoIndex in a list of locations whose elements are of type `Id`.
template <typename Id>
inline constexpr Id kNoLocation = static_cast<Id>(kNoIndex);
/// The index of a reference to a mapping that the profile does not have. Unlike
/// kNoIndex: Pyroscope drops a location with an unknown mapping, and adds a
/// mapping to a location without one.
inline constexpr std::uint32_t kUnknownMapping = kNoIndex - 1;

/// For example {"cpu", "nanoseconds"}.
struct ValueType {
  StringId type = 0;
  StringId unit = 0;
  friend bool operator==(const ValueType&, const ValueType&) = default;
};

struct Mapping {
  std::uint64_t id = 0;
  std::uint64_t memory_start = 0;
  std::uint64_t memory_limit = 0;
  std::uint64_t file_offset = 0;
  StringId filename = 0;
  StringId build_id = 0;
  bool has_functions = false;
  bool has_filenames = false;
  bool has_line_numbers = false;
  bool has_inline_frames = false;
  friend bool operator==(const Mapping&, const Mapping&) = default;
};

struct Function {
  std::uint64_t id = 0;
  StringId name = 0;
  StringId system_name = 0;
  StringId filename = 0;
  std::int64_t start_line = 0;
  friend bool operator==(const Function&, const Function&) = default;
};

struct Line {
  std::uint32_t function = kNoIndex;  // index into Profile::functions
  std::int64_t line = 0;
  std::int64_t column = 0;
  friend bool operator==(const Line&, const Line&) = default;
};

/// Its lines are Profile::lines[first_line, first_line + line_count). The first
/// one is the innermost inlined function, the last one is the function that
/// contains the others.
struct Location {
  std::uint64_t id = 0;
  std::uint64_t address = 0;
  // Index into Profile::mappings, kNoIndex or kUnknownMapping.
  std::uint32_t mapping = kNoIndex;
  std::uint32_t first_line = 0;
  std::uint32_t line_count = 0;
  bool is_folded = false;
  friend bool operator==(const Location&, const Location&) = default;
};

/// A string label if `str` is not 0, else a numeric label.
struct SampleLabel {
  StringId key = 0;
  StringId str = 0;
  std::int64_t num = 0;
  StringId num_unit = 0;
  friend bool operator==(const SampleLabel&, const SampleLabel&) = default;
};

/// The samples of one profile, in columns: locations, labels, and one value per
/// sample type. The locations of all samples are one list, and a second column
/// has the end of each sample in it:
///
///   locations       4 2 1 | 2 1 | 3 2 1
///   location_ends         3     5       8
///
/// So a sample needs no allocation, and its size in memory is known. Labels are
/// stored in the same way.
class SampleTable {
 public:
  std::size_t size() const { return location_ends_.size(); }
  std::size_t value_count() const { return value_count_; }

  /// Indices into Profile::locations, leaf first; kNoIndex for a location that
  /// the profile does not have.
  std::span<const std::uint32_t> locations(std::size_t sample) const {
    return Slice(locations_, location_ends_, sample);
  }
  std::span<const SampleLabel> labels(std::size_t sample) const {
    if (labels_.empty()) return {};
    return Slice(labels_, label_ends_, sample);
  }
  std::span<const std::int64_t> values(std::size_t sample) const {
    return std::span(values_).subspan(sample * value_count_, value_count_);
  }
  std::span<std::int64_t> values(std::size_t sample) {
    return std::span(values_).subspan(sample * value_count_, value_count_);
  }

  /// The locations of all samples.
  std::span<const std::uint32_t> all_locations() const { return locations_; }
  /// The end of each sample in all_locations().
  std::span<const std::uint32_t> all_location_ends() const {
    return location_ends_;
  }
  std::span<const std::int64_t> all_values() const { return values_; }
  std::span<const SampleLabel> all_labels() const { return labels_; }

  /// Sets the number of values per sample. The table is empty.
  void SetValueCount(std::size_t count) { value_count_ = count; }
  void Reserve(std::size_t samples, std::size_t locations, std::size_t labels);
  /// All columns, for writing by several threads. Ends count from the first
  /// sample.
  struct Columns {
    std::span<std::uint32_t> locations;
    std::span<std::uint32_t> location_ends;
    std::span<std::int64_t> values;
    std::span<SampleLabel> labels;
    std::span<std::uint32_t> label_ends;
  };
  /// The new content is unspecified.
  Columns Resize(std::size_t samples, std::size_t locations,
                 std::size_t labels);
  /// `values` has value_count() elements.
  void Append(std::span<const std::uint32_t> locations,
              std::span<const std::int64_t> values,
              std::span<const SampleLabel> labels);
  /// Removes all samples but these, which are ascending indices. Works in
  /// place, as a copy of a large table is expensive, and frees no memory.
  void KeepSamples(std::span<const std::uint32_t> samples);
  /// Keeps the first elements of each column. Frees no memory.
  void Shrink(std::size_t samples, std::size_t locations, std::size_t labels);
  /// The columns of all samples without labels.
  struct StackData {
    RawVector<std::uint32_t> locations;
    RawVector<std::uint32_t> location_ends;
    RawVector<std::int64_t> values;

    std::size_t memory_bytes() const;
  };
  /// Moves the columns out, copying those that have much unused memory. The
  /// table is empty afterwards, and may keep memory for other samples.
  StackData TakeStacks();
  /// Removes all samples and keeps the memory.
  void Clear() { Shrink(0, 0, 0); }

  std::size_t memory_bytes() const;

 private:
  template <typename T>
  static std::span<const T> Slice(const RawVector<T>& column,
                                  const RawVector<std::uint32_t>& ends,
                                  std::size_t sample) {
    const std::size_t begin = sample == 0 ? 0 : ends[sample - 1];
    return std::span(column).subspan(begin, ends[sample] - begin);
  }

  std::size_t value_count_ = 0;
  RawVector<std::uint32_t> locations_;
  RawVector<std::uint32_t> location_ends_;
  RawVector<std::int64_t> values_;
  RawVector<SampleLabel> labels_;
  RawVector<std::uint32_t> label_ends_;
};

struct Profile {
  /// As in the file; string 0 is "".
  StringTable strings;
  std::vector<ValueType> sample_types;
  std::vector<Mapping> mappings;
  std::vector<Function> functions;
  std::vector<Line> lines;
  std::vector<Location> locations;
  SampleTable samples;

  StringId drop_frames = 0;
  StringId keep_frames = 0;
  std::int64_t time_nanos = 0;
  std::int64_t duration_nanos = 0;
  bool has_period_type = false;
  ValueType period_type;
  std::int64_t period = 0;
  std::vector<StringId> comments;
  StringId default_sample_type = 0;
  StringId doc_url = 0;

  std::span<const Line> LinesOf(const Location& location) const {
    return std::span(lines).subspan(location.first_line, location.line_count);
  }
  std::size_t memory_bytes() const;
  /// Removes everything and keeps the memory for another profile.
  void Clear();
};

}  // namespace pmcp::profile
