#include "profile/stack_samples.h"

#include <utility>

namespace pmcp::profile {

StackSamples::StackSamples(const Profile& profile)
    : StackSamples(profile, SampleTable(profile.samples).TakeWithoutLabels()) {}

StackSamples::StackSamples(Profile&& profile)
    : StackSamples(profile, profile.samples.TakeWithoutLabels()) {}

StackSamples::StackSamples(const Profile& profile, SampleTable samples)
    : samples_(std::move(samples)) {
  RawVector<StringId> name_of;  // by function
  AddNames(profile, name_of);
  AddFrames(profile, name_of);
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
  frame_ends_.reserve(profile.locations.size());
  for (const Location& location : profile.locations) {
    const auto lines = profile.LinesOf(location);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
      if (line->function == kNoIndex) continue;
      frames_.push_back(name_of[line->function]);
    }
    frame_ends_.push_back(static_cast<std::uint32_t>(frames_.size()));
  }
}

std::size_t StackSamples::memory_bytes() const {
  return names_.memory_bytes() + frames_.capacity() * sizeof(frames_[0]) +
         frame_ends_.capacity() * sizeof(frame_ends_[0]) +
         samples_.memory_bytes();
}

}  // namespace pmcp::profile
