#include "store/files/file_labels.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "base/sanitize.h"
#include "base/text.h"

namespace pmcp::store {
namespace {

using profile::Profile;
using profile::SampleLabel;
using profile::StringId;

constexpr std::string_view kDatadogSpan = "span id";
constexpr std::string_view kDatadogRootSpan = "local root span id";
constexpr std::string_view kSpanId = "span_id";
constexpr std::string_view kBlockSize = "bytes";
constexpr std::size_t kNameCodePoints = 40;

enum class KeyKind : std::uint8_t {
  kLabel,
  kSpan,
  kRootSpan,
  kLeftOut,
};

std::string Quoted(std::string_view text) {
  return fmt::format("\"{}\"", Shorten(Sanitize(text), kNameCodePoints));
}

std::optional<std::uint64_t> ParseDecimal(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

class Tidier {
 public:
  Tidier(Profile& profile, std::vector<std::string>& remarks)
      : profile_(profile), remarks_(remarks) {}

  void Tidy() {
    CountLabels();
    ChooseKinds();
    const profile::SampleTable old =
        std::exchange(profile_.samples, profile::SampleTable());
    profile_.samples.SetValueCount(old.value_count());
    profile_.samples.Reserve(old.size(), old.all_locations().size(),
                             old.all_labels().size());
    std::vector<SampleLabel> tidy;
    for (std::size_t i = 0; i < old.size(); ++i) {
      TidySample(old.labels(i), tidy);
      profile_.samples.Append(old.locations(i), old.values(i), tidy);
    }
  }

 private:
  struct Key {
    std::size_t samples = 0;
    std::set<std::int64_t> numbers;  // at most kMaxNumericLabelValues + 1
    KeyKind kind = KeyKind::kLabel;
    StringId name = 0;  // after the rewriting
  };

  // By text, since a string table may hold one text under several ids.
  void CountLabels() {
    for (const SampleLabel& label : profile_.samples.all_labels()) {
      Key& key = keys_[std::string(profile_.strings[label.key])];
      ++key.samples;
      if (label.str == 0 && key.numbers.size() <= kMaxNumericLabelValues) {
        key.numbers.insert(label.num);
      }
    }
  }

  void ChooseKinds() {
    std::size_t unnamed = 0;
    std::vector<std::pair<std::size_t, std::string_view>> labels;
    for (auto& [text, key] : keys_) {
      key.kind = KindOf(text, key);
      if (text.empty()) unnamed = key.samples;
      if (key.kind == KeyKind::kLabel) labels.emplace_back(key.samples, text);
      std::string name = text;
      std::ranges::replace(name, ' ', '_');
      const bool is_span =
          key.kind == KeyKind::kSpan || key.kind == KeyKind::kRootSpan;
      key.name = profile_.strings.Append(is_span ? kSpanId : name);
    }
    if (unnamed > 0) {
      remarks_.push_back(Counted(unnamed, "label without a name was left out",
                                 "labels without a name were left out"));
    }
    LeaveOutSurplus(std::move(labels));
  }

  KeyKind KindOf(std::string_view text, const Key& key) {
    if (text.empty()) return KeyKind::kLeftOut;
    if (text == kDatadogSpan) return KeyKind::kSpan;
    if (text == kDatadogRootSpan) return KeyKind::kRootSpan;
    if (key.numbers.empty()) return KeyKind::kLabel;
    if (text == kBlockSize) return KeyKind::kLeftOut;
    if (key.numbers.size() > kMaxNumericLabelValues) {
      remarks_.push_back(
          fmt::format("the numeric label {} has more than {} values and was "
                      "left out",
                      Quoted(text), kMaxNumericLabelValues));
      return KeyKind::kLeftOut;
    }
    return KeyKind::kLabel;
  }

  /// Keeps the labels that most samples have.
  void LeaveOutSurplus(
      std::vector<std::pair<std::size_t, std::string_view>> labels) {
    if (labels.size() <= kMaxFileLabelNames) return;
    std::ranges::sort(labels, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    const std::size_t surplus = labels.size() - kMaxFileLabelNames;
    for (std::size_t i = kMaxFileLabelNames; i < labels.size(); ++i) {
      keys_.find(labels[i].second)->second.kind = KeyKind::kLeftOut;
    }
    remarks_.push_back(fmt::format(
        "{} of {} labels {} {}", surplus, labels.size(),
        surplus == 1 ? "was left out:" : "were left out, among them",
        Quoted(labels[kMaxFileLabelNames].second)));
  }

  void TidySample(std::span<const SampleLabel> labels,
                  std::vector<SampleLabel>& tidy) {
    tidy.clear();
    std::optional<StringId> root_span;
    bool has_span = false;
    for (const SampleLabel& label : labels) {
      const Key& key = keys_.find(profile_.strings[label.key])->second;
      switch (key.kind) {
        case KeyKind::kLabel:
          tidy.push_back({.key = key.name, .str = TextOf(label)});
          break;
        case KeyKind::kSpan:
          tidy.push_back({.key = key.name, .str = SpanOf(label)});
          has_span = true;
          break;
        case KeyKind::kRootSpan:
          root_span = SpanOf(label);
          root_span_name_ = key.name;
          break;
        case KeyKind::kLeftOut:
          break;
      }
    }
    if (root_span && !has_span) {
      tidy.push_back({.key = root_span_name_, .str = *root_span});
    }
    std::ranges::sort(tidy, [](const SampleLabel& a, const SampleLabel& b) {
      return std::pair(a.key, a.str) < std::pair(b.key, b.str);
    });
  }

  StringId TextOf(const SampleLabel& label) {
    if (label.str != 0) return label.str;
    const auto [known, is_new] =
        text_of_number_.try_emplace({label.num, label.num_unit});
    if (is_new) {
      const std::string_view unit = profile_.strings[label.num_unit];
      known->second = profile_.strings.Append(
          fmt::format("{}{}{}", label.num, unit.empty() ? "" : " ", unit));
    }
    return known->second;
  }

  /// An id of a span, in whatever form it is written, as 16 hex digits.
  StringId SpanOf(const SampleLabel& label) {
    std::optional<std::uint64_t> id = static_cast<std::uint64_t>(label.num);
    if (label.str != 0) {
      id = ParseDecimal(profile_.strings[label.str]);
      if (!id) return label.str;
    }
    const auto [known, is_new] = text_of_span_.try_emplace(*id);
    if (is_new) {
      known->second = profile_.strings.Append(fmt::format("{:016x}", *id));
    }
    return known->second;
  }

  Profile& profile_;
  std::vector<std::string>& remarks_;
  std::map<std::string, Key, std::less<>> keys_;
  std::map<std::pair<std::int64_t, StringId>, StringId> text_of_number_;
  std::map<std::uint64_t, StringId> text_of_span_;
  StringId root_span_name_ = 0;
};

/// Text labels only, each with a name that a selector can have.
bool AreTidy(const Profile& profile) {
  std::vector<bool> is_seen(profile.strings.size());
  for (const SampleLabel& label : profile.samples.all_labels()) {
    if (label.str == 0) return false;
    if (is_seen[label.key]) continue;
    is_seen[label.key] = true;
    const std::string_view key = profile.strings[label.key];
    if (key.empty() || key.find(' ') != std::string_view::npos) return false;
  }
  return static_cast<std::size_t>(std::ranges::count(is_seen, true)) <=
         kMaxFileLabelNames;
}

}  // namespace

void TidyFileLabels(Profile& profile, std::vector<std::string>& remarks) {
  if (profile.samples.all_labels().empty() || AreTidy(profile)) return;
  Tidier(profile, remarks).Tidy();
}

}  // namespace pmcp::store
