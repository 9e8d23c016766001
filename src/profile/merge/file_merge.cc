#include "profile/merge/file_merge.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "profile/words/wrapping_add.h"

namespace pmcp::profile {
namespace {

std::string_view KeyOf(const std::vector<std::uint32_t>& words) {
  return {reinterpret_cast<const char*>(words.data()),
          words.size() * sizeof(words[0])};
}

bool IsZero(std::span<const std::int64_t> values) {
  return std::ranges::all_of(values, [](auto value) { return value == 0; });
}

}  // namespace

FileMerge::FileMerge(std::size_t max_bytes) : max_bytes_(max_bytes) {}

void FileMerge::Add(const Profile& profile,
                    std::span<const std::uint32_t> samples) {
  if (error_) return;
  entities_.Begin(profile);
  std::vector<ValueType> types;
  for (const ValueType& type : profile.sample_types) {
    types.push_back(
        {entities_.StringOf(type.type), entities_.StringOf(type.unit)});
  }
  AddHeader(profile);
  ChooseTypes(profile, std::move(types));
  std::vector<std::int64_t> values(column_of_.size());
  for (const std::uint32_t sample : samples) {
    const auto all = profile.samples.values(sample);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = all[column_of_[i]];
    }
    AddSample(profile, sample, values);
    if (error_) return;
  }
}

void FileMerge::Add(const Profile& profile, std::span<const SamplePick> picks,
                    const ProfileType& type) {
  if (error_) return;
  entities_.Begin(profile);
  AddHeader(profile);
  merged_.sample_types = {{merged_.strings.Intern(type.sample_type),
                           merged_.strings.Intern(type.sample_unit)}};
  merged_.default_sample_type = merged_.sample_types[0].type;
  for (const SamplePick& pick : picks) {
    AddSample(profile, pick.sample, std::span(&pick.value, 1));
    if (error_) return;
  }
}

void FileMerge::AddHeader(const Profile& profile) {
  if (profiles_ == 0) {
    merged_.drop_frames = entities_.StringOf(profile.drop_frames);
    merged_.keep_frames = entities_.StringOf(profile.keep_frames);
    merged_.has_period_type = profile.has_period_type;
    merged_.period_type = {entities_.StringOf(profile.period_type.type),
                           entities_.StringOf(profile.period_type.unit)};
  }
  ++profiles_;
  merged_.period = std::max(merged_.period, profile.period);
  if (profile.time_nanos != 0 &&
      (merged_.time_nanos == 0 || profile.time_nanos < merged_.time_nanos)) {
    merged_.time_nanos = profile.time_nanos;
  }
  merged_.duration_nanos =
      WrappingAdd(merged_.duration_nanos, profile.duration_nanos);
  if (merged_.doc_url == 0) {
    merged_.doc_url = entities_.StringOf(profile.doc_url);
  }
  for (const StringId comment : profile.comments) {
    const StringId text = entities_.StringOf(comment);
    if (std::ranges::find(merged_.comments, text) == merged_.comments.end()) {
      merged_.comments.push_back(text);
    }
  }
}

void FileMerge::ChooseTypes(const Profile& profile,
                            std::vector<ValueType> types) {
  if (merged_.default_sample_type == 0) {
    merged_.default_sample_type =
        entities_.StringOf(profile.default_sample_type);
  }
  if (profiles_ == 1) merged_.sample_types = types;
  column_of_.resize(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) column_of_[i] = i;
  if (types == merged_.sample_types) return;
  std::vector<ValueType> kept;
  for (const ValueType& type : merged_.sample_types) {
    if (std::ranges::find(types, type) != types.end()) kept.push_back(type);
  }
  lacks_types_ = lacks_types_ || kept.size() < types.size() ||
                 kept.size() < merged_.sample_types.size();
  KeepTypes(kept);
  column_of_.clear();
  for (const ValueType& type : kept) {
    column_of_.push_back(static_cast<std::size_t>(
        std::ranges::find(types, type) - types.begin()));
  }
}

/// Removes the values of the types that are not kept.
void FileMerge::KeepTypes(const std::vector<ValueType>& kept) {
  if (kept.empty()) {
    error_ = InvalidArgument("the profiles have no sample type in common",
                             "Narrow with service or selector.");
    return;
  }
  const std::size_t old_count = merged_.sample_types.size();
  std::vector<std::int64_t> values;
  values.reserve(values_.size() / old_count * kept.size());
  for (std::size_t first = 0; first < values_.size(); first += old_count) {
    for (std::size_t i = 0; i < old_count; ++i) {
      const bool is_kept =
          std::ranges::find(kept, merged_.sample_types[i]) != kept.end();
      if (is_kept) values.push_back(values_[first + i]);
    }
  }
  values_ = std::move(values);
  merged_.sample_types = kept;
  const StringId chosen = merged_.default_sample_type;
  if (std::ranges::find(kept, chosen, &ValueType::type) == kept.end()) {
    merged_.default_sample_type = kept.front().type;
  }
}

void FileMerge::AddSample(const Profile& profile, std::uint32_t sample,
                          std::span<const std::int64_t> values) {
  if (IsZero(values)) return;
  key_.assign(1, 0);
  for (const std::uint32_t location : profile.samples.locations(sample)) {
    if (location != kNoIndex) key_.push_back(entities_.LocationOf(location));
  }
  key_[0] = static_cast<std::uint32_t>(key_.size() - 1);
  AppendLabels(profile.samples.labels(sample));
  const std::size_t first = keys_.Intern(KeyOf(key_)) * values.size();
  if (first == values_.size()) {
    values_.insert(values_.end(), values.begin(), values.end());
    constexpr std::size_t kSamplesBetweenChecks = 4096;
    if (keys_.size() % kSamplesBetweenChecks == 0) CheckSize();
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    values_[first + i] = WrappingAdd(values_[first + i], values[i]);
  }
}

// The order of labels counts for those with the same key only, of which text
// and numbers are apart, as in pprof.
void FileMerge::AppendLabels(std::span<const SampleLabel> labels) {
  labels_.clear();
  for (const SampleLabel& label : labels) {
    const auto number = static_cast<std::uint64_t>(label.num);
    labels_.push_back({entities_.StringOf(label.key),
                       entities_.StringOf(label.str),
                       static_cast<std::uint32_t>(number),
                       static_cast<std::uint32_t>(number >> 32),
                       entities_.StringOf(label.num_unit)});
  }
  std::ranges::stable_sort(labels_, {}, [](const LabelWords& label) {
    return std::pair(label[0], label[1] == 0);
  });
  for (const LabelWords& label : labels_) {
    key_.insert(key_.end(), label.begin(), label.end());
  }
}

void FileMerge::CheckSize() {
  const std::size_t bytes = merged_.memory_bytes() + entities_.memory_bytes() +
                            keys_.memory_bytes() +
                            values_.capacity() * sizeof(values_[0]);
  if (bytes <= max_bytes_) return;
  error_ = Error{
      ErrorKind::kTooLarge,
      fmt::format("the merged samples take more than {} MiB", max_bytes_ >> 20),
      "Narrow the window or the selector."};
}

void FileMerge::AppendSamples() {
  const std::size_t types = merged_.sample_types.size();
  merged_.samples.SetValueCount(types);
  std::vector<std::uint32_t> words;
  std::vector<SampleLabel> labels;
  for (StringId sample = 0; sample < keys_.size(); ++sample) {
    const auto values = std::span(values_).subspan(sample * types, types);
    if (IsZero(values)) continue;
    words.resize(keys_[sample].size() / sizeof(words[0]));
    std::memcpy(words.data(), keys_[sample].data(), keys_[sample].size());
    const std::span<const std::uint32_t> all(words);
    const auto locations = all.subspan(1, all[0]);
    labels.clear();
    for (auto rest = all.subspan(1 + all[0]); !rest.empty();
         rest = rest.subspan(LabelWords().size())) {
      labels.push_back({.key = rest[0],
                        .str = rest[1],
                        .num = static_cast<std::int64_t>(
                            rest[2] | std::uint64_t{rest[3]} << 32),
                        .num_unit = rest[4]});
    }
    merged_.samples.Append(locations, values, labels);
  }
}

Result<Profile> FileMerge::Finish() && {
  if (!error_) CheckSize();
  if (error_) return *std::move(error_);
  AppendSamples();
  return std::move(merged_);
}

}  // namespace pmcp::profile
