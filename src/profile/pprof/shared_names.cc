#include "profile/pprof/shared_names.h"

namespace pmcp::profile {
namespace {

/// The bytes of one name in a table, without its text.
constexpr std::size_t kBytesPerName = 32;

}  // namespace

// Functions with equal names mostly have the same id for it, so each id is
// looked up once.
SharedNames::Names SharedNames::Add(const Profile& profile) {
  if (profile.functions.size() > kMostNames) return AddAlone(profile);
  StringTable& table = TableFor(profile);
  known_.assign(profile.strings.size(), kNoIndex);
  of_function_.clear();
  std::size_t bytes = 0;
  for (const Function& function : profile.functions) {
    StringId& name = known_[function.name];
    if (name == kNoIndex) {
      const std::string_view text = profile.strings[function.name];
      name = table.Intern(text);
      bytes += text.size() + kBytesPerName;
    }
    of_function_.push_back(name);
  }
  return {table_, of_function_, bytes};
}

StringTable& SharedNames::TableFor(const Profile& profile) {
  if (table_ == nullptr || profiles_ == kMostProfiles ||
      table_->size() + profile.functions.size() > kMostNames ||
      table_->memory_bytes() > kMostBytes) {
    table_ = std::make_shared<StringTable>();
    profiles_ = 0;
  }
  ++profiles_;
  return *table_;
}

// Builds no index: Profile::strings has few equal texts.
SharedNames::Names SharedNames::AddAlone(const Profile& profile) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  known_.assign(profile.strings.size(), kNoIndex);
  for (const Function& function : profile.functions) {
    if (known_[function.name] != kNoIndex) continue;
    known_[function.name] = static_cast<StringId>(count++);
    bytes += profile.strings[function.name].size();
  }
  auto table = std::make_shared<StringTable>();
  table->Reserve(count, bytes);
  of_function_.clear();
  for (const Function& function : profile.functions) {
    const StringId name = known_[function.name];
    if (name == table->size()) table->Append(profile.strings[function.name]);
    of_function_.push_back(name);
  }
  const std::size_t memory_bytes = table->memory_bytes();
  return {std::move(table), of_function_, memory_bytes};
}

}  // namespace pmcp::profile
