// StringTable: strings with dense ids, stored once, in blocks that do not move.
//
// Ids are given in order from 0. Not thread-safe while it grows; any number of
// threads may read a table that no longer changes. Movable, not copyable:
// views into it stay valid for as long as the table (or its moved-to self) has
// the string.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace pmcp::profile {

using StringId = std::uint32_t;

class StringTable {
 public:
  StringTable() = default;
  StringTable(StringTable&&) noexcept = default;
  StringTable& operator=(StringTable&&) noexcept = default;

  /// A new id for `text`, without a look for an equal one.
  StringId Append(std::string_view text);
  /// The same without a copy: `text` outlives the table or its next Clear().
  StringId AppendView(std::string_view text);
  /// In place of the string with this id.
  void Replace(StringId id, std::string_view text);
  /// Takes all strings away, and keeps the room for their ids.
  void Clear();
  /// The id of the equal string that is there, or a new one. The index behind
  /// it is built at the first call.
  StringId Intern(std::string_view text);
  /// The same for all strings of another table, in the order of their ids.
  std::vector<StringId> InternAll(const StringTable& from);
  /// The first id of `text`. Builds the index as Intern does.
  std::optional<StringId> Find(std::string_view text);

  std::string_view operator[](StringId id) const { return views_[id]; }
  std::size_t size() const { return views_.size(); }
  /// Room for `count` strings of `bytes` bytes in all, when that is known.
  void Reserve(std::size_t count, std::size_t bytes = 0);
  /// Bytes that the table holds, index and unused space included.
  std::size_t memory_bytes() const;

 private:
  struct Block {
    std::unique_ptr<char[]> data;
    std::size_t used = 0;
    std::size_t size = 0;
  };

  std::string_view Store(std::string_view text);
  void AddBlock(std::size_t size);
  void DropIndex();
  void IndexNewStrings();
  void IndexLast();
  std::size_t SlotOf(std::string_view text, std::uint32_t hash) const;
  void GrowIndex(std::size_t slots);

  std::vector<std::string_view> views_;
  std::vector<Block> blocks_;
  struct Slot {
    StringId id_plus_1 = 0;  // 0: free
    // Of the text, which need not be looked at so often.
    std::uint32_t hash = 0;
  };
  // Open addressing over a power of two. Holds the strings before indexed_; of
  // equal ones the first.
  std::vector<Slot> slots_;
  std::size_t indexed_ = 0;
  std::size_t slots_used_ = 0;
};

}  // namespace pmcp::profile
