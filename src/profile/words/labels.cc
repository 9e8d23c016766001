#include "profile/words/labels.h"

#include <algorithm>
#include <utility>

#include "profile/words/selector.h"

namespace pmcp::profile {
namespace {

auto FindName(auto& labels, std::string_view name) {
  return std::lower_bound(labels.begin(), labels.end(), name,
                          [](const Label& label, std::string_view wanted) {
                            return label.name < wanted;
                          });
}

}  // namespace

bool IsPrivateLabel(std::string_view name) { return name.starts_with("__"); }

Labels::Labels(std::vector<Label> labels) : labels_(std::move(labels)) {
  std::stable_sort(
      labels_.begin(), labels_.end(),
      [](const Label& a, const Label& b) { return a.name < b.name; });
  // Keeps the last of each run of equal names, unless its value is empty.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    const bool is_last =
        i + 1 == labels_.size() || labels_[i].name != labels_[i + 1].name;
    if (!is_last || labels_[i].value.empty()) continue;
    if (kept != i) labels_[kept] = std::move(labels_[i]);
    ++kept;
  }
  labels_.resize(kept);
}

std::string_view Labels::Get(std::string_view name) const {
  const auto place = FindName(labels_, name);
  if (place == labels_.end() || place->name != name) return {};
  return place->value;
}

bool Labels::Has(std::string_view name) const { return !Get(name).empty(); }

void Labels::Set(std::string_view name, std::string_view value) {
  const auto place = FindName(labels_, name);
  const bool is_there = place != labels_.end() && place->name == name;
  if (value.empty()) {
    if (is_there) labels_.erase(place);
  } else if (is_there) {
    place->value = value;
  } else {
    labels_.insert(place, {std::string(name), std::string(value)});
  }
}

std::string ToString(std::span<const Label> labels) {
  std::string text = "{";
  for (const Label& label : labels) {
    if (text.size() > 1) text += ", ";
    text += LabelSelector::Equals(label.name, label.value).ToString();
  }
  return text + "}";
}

}  // namespace pmcp::profile
