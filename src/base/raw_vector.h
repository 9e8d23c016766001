// RawVector: a vector whose resize does not initialize new elements. For
// columns of millions of numbers, where the first write to the memory dominates
// the cost. New elements have no defined value until they are set.
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
  void construct(U*) {}  // no default member initializers either

  template <typename U, typename... Args>
  void construct(U* place, Args&&... args) {
    ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
  }
};

template <typename T>
using RawVector = std::vector<T, RawAllocator<T>>;

}  // namespace pmcp
