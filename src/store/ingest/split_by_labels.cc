#include "store/ingest/split_by_labels.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "store/ingest/sample_ids.h"

namespace pmcp::store {
namespace {

using profile::Labels;
using profile::Profile;

/// The labels of one sample as (key, value) ids of the string table.
using LabelIds = std::vector<std::pair<profile::StringId, profile::StringId>>;

/// By id of a string: whether a label of that key is the id of a span or a
/// trace. A table of strings may hold one text under several ids.
std::vector<bool> IdKeys(const profile::StringTable& strings) {
  std::vector<bool> is_id(strings.size());
  for (profile::StringId id = 0; id < strings.size(); ++id) {
    is_id[id] = IsIdLabel(strings[id]);
  }
  return is_id;
}

Labels AddSampleLabels(const Profile& profile, const LabelIds& ids,
                       Labels labels) {
  for (const auto& [key, value] : ids) {
    const std::string_view name = profile.strings[key];
    if (!labels.Has(name)) labels.Set(name, profile.strings[value]);
  }
  return labels;
}

/// Pyroscope's default relabel rules, and the labels it never stores. It runs
/// them on every label set, since a sample label may have set what they ask.
void Relabel(Labels& labels) {
  constexpr std::string_view kDelta = "godeltaprof_";
  const std::string name(labels.Get(profile::kLabelName));
  const auto rename = [&](std::string_view to) {
    labels.Set("__name_replaced__", name);
    labels.Set(profile::kLabelName, to);
  };
  if (name.starts_with(kDelta) && name.size() > kDelta.size()) {
    rename(std::string_view(name).substr(kDelta.size()));
  } else if (name == "wall" && labels.Get(profile::kLabelType) == "cpu") {
    rename("process_cpu");
  }
  for (const auto* dropped : {"__session_id__", "__delta__", "__order__"}) {
    labels.Set(dropped, "");
  }
}

// Goes over the samples once. Most have the labels of one before, by ids, and
// only new ones are turned into texts; different ids may give equal texts.
class Splitter {
 public:
  Splitter(const Profile& profile, const Labels& series_labels)
      : profile_(profile), series_labels_(series_labels) {}

  std::vector<Partition> Split() {
    if (profile_.samples.all_labels().empty()) return AllAsOne();
    is_id_ = IdKeys(profile_.strings);
    for (std::uint32_t sample = 0; sample < profile_.samples.size(); ++sample) {
      SamplesOf(sample).Append(sample);
    }
    std::vector<Partition> partitions;
    for (auto& [labels, samples] : samples_by_labels_) {
      partitions.push_back({labels, std::move(samples)});
    }
    return partitions;
  }

 private:
  std::vector<Partition> AllAsOne() const {
    if (profile_.samples.size() == 0) return {};
    std::vector<Partition> partitions(1);
    partitions[0].labels = series_labels_;
    Relabel(partitions[0].labels);
    partitions[0].samples = SampleNumbers::All(profile_.samples.size());
    return partitions;
  }

  SampleNumbers& SamplesOf(std::uint32_t sample) {
    scratch_.clear();
    for (const profile::SampleLabel& label : profile_.samples.labels(sample)) {
      if (!is_id_[label.key]) scratch_.emplace_back(label.key, label.str);
    }
    const auto known = samples_by_ids_.find(scratch_);
    if (known != samples_by_ids_.end()) return *known->second;

    Labels labels = AddSampleLabels(profile_, scratch_, series_labels_);
    Relabel(labels);
    auto& samples = samples_by_labels_[std::move(labels)];
    samples_by_ids_.emplace(scratch_, &samples);
    return samples;
  }

  const Profile& profile_;
  const Labels& series_labels_;
  std::vector<bool> is_id_;  // by the id of a key
  std::map<Labels, SampleNumbers> samples_by_labels_;
  // Values of the map above, which stay where they are.
  std::map<LabelIds, SampleNumbers*> samples_by_ids_;
  LabelIds scratch_;
};

}  // namespace

std::vector<Partition> SplitByLabels(const Profile& profile,
                                     const Labels& series_labels) {
  return Splitter(profile, series_labels).Split();
}

}  // namespace pmcp::store
