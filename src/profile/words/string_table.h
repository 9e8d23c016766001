// StringTable: strings with consecutive ids from 0, stored in blocks that do
// not move.
//
// Not thread-safe while it grows; any number of threads may read a table that
// no longer changes. Movable, not copyable. A view of a string is valid as long
// as the table, or the table it is moved to, has the string.
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

  /// Adds `text` without a search for an equal string, and returns its id.
  StringId Append(std::string_view text);
  /// As Append, without a copy: `text` stays valid until the table is cleared
  /// or destroyed.
  StringId AppendView(std::string_view text);
  /// Replaces the string with this id.
  void Replace(StringId id, std::string_view text);
  /// Removes all strings and keeps the memory for their ids.
  void Clear();
  /// The id of the first string equal to `text`; adds it if there is none. The
  /// first call builds the index.
  StringId Intern(std::string_view text);
  /// Interns all strings of another table. Element i of the result is the id of
  /// from[i].
  std::vector<StringId> InternAll(const StringTable& from);
  /// The id of the first string equal to `text`. The first call builds the
  /// index.
  std::optional<StringId> Find(std::string_view text);

  std::string_view operator[](StringId id) const { return views_[id]; }
  std::size_t size() const { return views_.size(); }
  /// Reserves memory for `count` strings of `bytes` bytes in total.
  void Reserve(std::size_t count, std::size_t bytes = 0);
  /// Includes the index and reserved memory.
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
    // Of the text. Texts are compared only if the hashes are equal.
    std::uint32_t hash = 0;
  };
  // The index: a hash table with open addressing, whose size is a power of two.
  // Holds the first of equal strings among those with ids below indexed_.
  std::vector<Slot> slots_;
  std::size_t indexed_ = 0;
  std::size_t slots_used_ = 0;
};

}  // namespace pmcp::profile
