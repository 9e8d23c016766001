// MergedEntities: the strings, mappings, functions and locations of any number
// of profiles, equal ones once. What is equal is what google/pprof takes for
// equal (github.com/google/pprof, profile/merge.go): mappings of one binary at
// different addresses are one mapping. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "profile/pprof/pprof.h"
#include "profile/words/string_table.h"

namespace pmcp::profile {

class MergedEntities {
 public:
  /// Adds entities to `merged`, which is empty and outlives this object. Ids
  /// count from 1.
  explicit MergedEntities(Profile& merged);

  /// The functions below translate entities of `from`, each once. It stays
  /// valid until the next call.
  void Begin(const Profile& from);
  /// The index in the merged profile of a location of `from`.
  std::uint32_t LocationOf(std::uint32_t location);
  StringId StringOf(StringId string);

  /// The memory of the tables by which entities are compared.
  std::size_t memory_bytes() const;

 private:
  // Where a mapping of `from` is in the merged profile, and what to add to its
  // addresses.
  struct MappingPlace {
    std::uint32_t index = kNoIndex;
    std::uint64_t shift = 0;
  };

  MappingPlace MappingOf(std::uint32_t mapping);
  std::uint32_t FunctionOf(std::uint32_t function);
  std::uint32_t MappingFor(Mapping mapping);
  std::uint32_t FunctionFor(const Function& function);
  std::uint32_t LocationFor(const Location& location,
                            std::span<const Line> lines);

  Profile& merged_;
  // The fields by which entities are compared, as bytes. The id of a key is the
  // index of the entity in merged_.
  StringTable mapping_keys_;
  StringTable function_keys_;
  StringTable location_keys_;

  const Profile* from_ = nullptr;
  // Of entities of from_; kNoIndex: not translated yet.
  std::vector<StringId> string_of_;
  std::vector<MappingPlace> mapping_of_;
  std::vector<std::uint32_t> function_of_;
  std::vector<std::uint32_t> location_of_;
  std::vector<Line> lines_;
};

}  // namespace pmcp::profile
