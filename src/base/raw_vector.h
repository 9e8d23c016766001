// RawVector: a vector that does not write zeros into elements that are about
// to be overwritten. For columns of millions of numbers, where the first touch
// of the memory is what costs. Elements after a resize are garbage until set.
#pragma once

#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace pmcp {

template <typename T>
class RawAllocator : public std::allocator<T> {
 public:
  static_assert(std::is_trivially_copyable_v<T>);
  template <typename U>
  struct rebind {  // NOLINT(readability-identifier-naming): allocators have it
    using other = RawAllocator<U>;
  };

  template <typename U>
  void construct(U*) {}  // not even what a struct begins with

  template <typename U, typename... Args>
  void construct(U* place, Args&&... args) {
    ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
  }
};

template <typename T>
using RawVector = std::vector<T, RawAllocator<T>>;

}  // namespace pmcp
