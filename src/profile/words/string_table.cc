#include "profile/words/string_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <limits>

#include "base/check.h"

namespace pmcp::profile {
namespace {

// Blocks grow with the table, so that small tables stay small and large ones
// have few blocks.
constexpr std::size_t kFirstBlockBytes = 1024;
constexpr std::size_t kLargestBlockBytes = 256 * 1024;
constexpr std::size_t kFirstSlots = 64;

std::uint32_t HashOf(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace

StringId StringTable::Append(std::string_view text) {
  return AppendView(Store(text));
}

StringId StringTable::AppendView(std::string_view text) {
  PMCP_CHECK(views_.size() < std::numeric_limits<StringId>::max());
  views_.push_back(text);
  return static_cast<StringId>(views_.size() - 1);
}

void StringTable::Replace(StringId id, std::string_view text) {
  views_[id] = Store(text);
  DropIndex();
}

void StringTable::Clear() {
  views_.clear();
  blocks_.clear();
  DropIndex();
}

void StringTable::DropIndex() {
  slots_.clear();
  indexed_ = 0;
  slots_used_ = 0;
}

StringId StringTable::Intern(std::string_view text) {
  IndexNewStrings();
  const std::uint32_t hash = HashOf(text);
  Slot& slot = slots_[SlotOf(text, hash)];
  if (slot.id_plus_1 != 0) return slot.id_plus_1 - 1;
  const StringId id = Append(text);
  slot = {id + 1, hash};
  ++slots_used_;
  indexed_ = views_.size();
  return id;
}

std::vector<StringId> StringTable::InternAll(const StringTable& from) {
  std::vector<StringId> ids;
  ids.reserve(from.size());
  for (const std::string_view text : from.views_) ids.push_back(Intern(text));
  return ids;
}

std::optional<StringId> StringTable::Find(std::string_view text) {
  IndexNewStrings();
  const Slot& slot = slots_[SlotOf(text, HashOf(text))];
  if (slot.id_plus_1 == 0) return std::nullopt;
  return slot.id_plus_1 - 1;
}

void StringTable::Reserve(std::size_t count, std::size_t bytes) {
  views_.reserve(count);
  if (bytes > 0) AddBlock(bytes);
}

std::size_t StringTable::memory_bytes() const {
  std::size_t bytes = views_.capacity() * sizeof(std::string_view) +
                      blocks_.capacity() * sizeof(Block) +
                      slots_.capacity() * sizeof(Slot);
  for (const Block& block : blocks_) bytes += block.size;
  return bytes;
}

std::string_view StringTable::Store(std::string_view text) {
  if (text.empty()) return {};
  if (blocks_.empty() ||
      blocks_.back().size - blocks_.back().used < text.size()) {
    const std::size_t last = blocks_.empty() ? 0 : blocks_.back().size;
    AddBlock(std::max(text.size(), std::clamp(2 * last, kFirstBlockBytes,
                                              kLargestBlockBytes)));
  }
  Block& block = blocks_.back();
  char* const place = block.data.get() + block.used;
  std::memcpy(place, text.data(), text.size());
  block.used += text.size();
  return {place, text.size()};
}

void StringTable::AddBlock(std::size_t size) {
  blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), 0, size});
}

// Adds the strings to the index that Append has added since the last search:
// Append does not update the index, as most tables of profiles are never
// searched. Afterwards at least one slot is free for the caller.
void StringTable::IndexNewStrings() {
  if (slots_.empty()) GrowIndex(kFirstSlots);
  while (indexed_ < views_.size()) IndexLast();
  if (2 * (slots_used_ + 1) > slots_.size()) GrowIndex(2 * slots_.size());
}

void StringTable::IndexLast() {
  if (2 * (slots_used_ + 1) > slots_.size()) {
    GrowIndex(2 * std::max(slots_.size(), std::bit_ceil(views_.size())));
  }
  const std::string_view text = views_[indexed_];
  const std::uint32_t hash = HashOf(text);
  Slot& slot = slots_[SlotOf(text, hash)];
  if (slot.id_plus_1 == 0) {
    slot = {static_cast<StringId>(indexed_ + 1), hash};
    ++slots_used_;
  }
  ++indexed_;
}

// The slot that holds `text`, or the free slot where it belongs.
std::size_t StringTable::SlotOf(std::string_view text,
                                std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const auto& [id_plus_1, known_hash] = slots_[slot];
    if (id_plus_1 == 0) return slot;
    if (known_hash == hash && views_[id_plus_1 - 1] == text) return slot;
  }
}

// Compares no texts, as the index has no two equal ones.
void StringTable::GrowIndex(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  const std::size_t mask = slots - 1;
  for (const Slot& entry : old) {
    if (entry.id_plus_1 == 0) continue;
    std::size_t slot = entry.hash & mask;
    while (slots_[slot].id_plus_1 != 0) slot = (slot + 1) & mask;
    slots_[slot] = entry;
  }
}

}  // namespace pmcp::profile
