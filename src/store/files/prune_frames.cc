#include "store/files/prune_frames.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/regex.h"

namespace pmcp::store {
namespace {

using profile::Location;
using profile::Profile;
using profile::SampleTable;

std::optional<Regex> CompileWhole(std::string_view pattern) {
  if (pattern.empty()) return std::nullopt;
  auto regex = Regex::Compile("frames", pattern);
  if (!regex.ok()) return std::nullopt;
  return *std::move(regex);
}

/// What happens to a location in a stack below a user frame.
enum class Prune : std::uint8_t { kNot, kWhole, kBeneath };

class Pruner {
 public:
  Pruner(Profile& profile, Regex drop, std::optional<Regex> keep)
      : profile_(profile),
        drop_(std::move(drop)),
        keep_(std::move(keep)),
        is_dropped_(profile.functions.size()) {}

  void PruneAll() {
    for (std::size_t i = 0; i < profile_.functions.size(); ++i) {
      is_dropped_[i] = IsDropped(profile_.functions[i]);
    }
    bool is_any = false;
    std::vector<Prune> prune(profile_.locations.size(), Prune::kNot);
    for (std::size_t i = 0; i < prune.size(); ++i) {
      prune[i] = PruneLocation(profile_.locations[i]);
      is_any = is_any || prune[i] != Prune::kNot;
    }
    if (is_any) PruneSamples(prune);
  }

 private:
  bool IsDropped(const profile::Function& function) const {
    const std::string_view name = profile_.strings[function.name];
    if (name.empty()) return false;
    const std::string_view pruned = PrunedName(name);
    return drop_.FullMatch(pruned) && !(keep_ && keep_->FullMatch(pruned));
  }

  // The last line is the caller of those before it.
  Prune PruneLocation(Location& location) {
    std::uint32_t line = location.line_count;
    while (line > 0) {
      const auto function =
          profile_.lines[location.first_line + line - 1].function;
      if (function < is_dropped_.size() && is_dropped_[function]) break;
      --line;
    }
    if (line == 0) return Prune::kNot;
    if (line == location.line_count) return Prune::kWhole;
    location.first_line += line;
    location.line_count -= line;
    return Prune::kBeneath;
  }

  void PruneSamples(const std::vector<Prune>& prune) {
    const SampleTable old = std::exchange(profile_.samples, SampleTable());
    profile_.samples.SetValueCount(old.value_count());
    profile_.samples.Reserve(old.size(), old.all_locations().size(),
                             old.all_labels().size());
    for (std::size_t i = 0; i < old.size(); ++i) {
      const auto locations = old.locations(i);
      profile_.samples.Append(locations.subspan(FirstKept(locations, prune)),
                              old.values(i), old.labels(i));
    }
  }

  /// Looks from the root, which is last, to the leaf.
  static std::size_t FirstKept(std::span<const std::uint32_t> locations,
                               const std::vector<Prune>& prune) {
    bool found_user = false;
    for (std::size_t i = locations.size(); i > 0; --i) {
      const Prune what = prune[locations[i - 1]];
      if (what == Prune::kNot) {
        found_user = true;
      } else if (found_user) {
        return what == Prune::kWhole ? i : i - 1;
      }
    }
    return 0;
  }

  Profile& profile_;
  const Regex drop_;
  const std::optional<Regex> keep_;
  std::vector<bool> is_dropped_;  // by function
};

}  // namespace

std::string_view PrunedName(std::string_view name) {
  constexpr std::string_view kReserved[] = {"(anonymous namespace)",
                                            "operator()"};
  if (name.starts_with('.')) name.remove_prefix(1);
  for (std::size_t at = name.find('('); at != std::string_view::npos;) {
    std::size_t skipped = 0;
    for (const std::string_view reserved : kReserved) {
      // The parenthesis may be inside the reserved name.
      const std::size_t inside = reserved.find('(');
      if (at >= inside && name.substr(at - inside).starts_with(reserved)) {
        skipped = at - inside + reserved.size();
      }
    }
    if (skipped == 0) return name.substr(0, at);
    at = name.find('(', skipped);
  }
  return name;
}

void PruneFrames(Profile& profile) {
  auto drop = CompileWhole(profile.strings[profile.drop_frames]);
  if (!drop) return;
  auto keep = CompileWhole(profile.strings[profile.keep_frames]);
  Pruner(profile, *std::move(drop), std::move(keep)).PruneAll();
}

}  // namespace pmcp::store
