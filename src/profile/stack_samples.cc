#include "profile/stack_samples.h"

#include <algorithm>
#include <utility>

namespace pmcp::profile {

StackSamples::StackSamples(const Profile& profile)
    : StackSamples(profile, StackTable(SampleTable(profile.samples),
                                       profile.locations.size())) {}

StackSamples::StackSamples(Profile&& profile)
    : StackSamples(profile, StackTable(std::move(profile.samples),
                                       profile.locations.size())) {}

StackSamples::StackSamples(const Profile& profile, StackTable samples)
    : samples_(std::move(samples)) {
  RawVector<StringId> name_of;  // by function
  AddNames(profile, name_of);
  AddFrames(profile, name_of);
  all_have_frames_ = AllHaveFrames();
}

// Functions of one name mostly have one id for it: that becomes one name here.
void StackSamples::AddNames(const Profile& profile,
                            RawVector<StringId>& name_of) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  RawVector<StringId> known(profile.strings.size(), kNoIndex);
  for (const Function& function : profile.functions) {
    if (known[function.name] != kNoIndex) continue;
    known[function.name] = static_cast<StringId>(count++);
    bytes += profile.strings[function.name].size();
  }
  names_.Reserve(count, bytes);
  name_of.reserve(profile.functions.size());
  for (const Function& function : profile.functions) {
    const StringId name = known[function.name];
    if (name == names_.size()) names_.Append(profile.strings[function.name]);
    name_of.push_back(name);
  }
}

void StackSamples::AddFrames(const Profile& profile,
                             std::span<const StringId> name_of) {
  frames_.reserve(profile.lines.size());
  frame_starts_.reserve(profile.locations.size() + 1);
  frame_starts_.push_back(0);
  for (const Location& location : profile.locations) {
    for (const Line& line : profile.LinesOf(location)) {
      if (line.function == kNoIndex) continue;
      frames_.push_back(name_of[line.function]);
    }
    frame_starts_.push_back(static_cast<std::uint32_t>(frames_.size()));
  }
}

bool StackSamples::HasAnyFrame(std::uint32_t row) const {
  return samples_.WithLocations([&](auto rows) {
    return std::ranges::any_of(rows[row], [&](auto location) {
      return !FramesOf(location).empty();
    });
  });
}

bool StackSamples::AllHaveFrames() const {
  for (std::size_t i = 1; i < frame_starts_.size(); ++i) {
    if (frame_starts_[i] == frame_starts_[i - 1]) return false;
  }
  return samples_.WithLocations([&](auto rows) {
    for (std::size_t row = 0; row < samples_.size(); ++row) {
      // Where a leaf has none, to look further is not worth it.
      const auto locations = rows[row];
      if (locations.empty() || FramesOf(locations[0]).empty()) return false;
    }
    return true;
  });
}

std::size_t StackSamples::memory_bytes() const {
  return names_.memory_bytes() + frames_.capacity() * sizeof(frames_[0]) +
         frame_starts_.capacity() * sizeof(frame_starts_[0]) +
         samples_.memory_bytes();
}

}  // namespace pmcp::profile
