// HugeHeap: while one lives, malloc takes memory from the system in large
// pieces, of pages of 2 MiB where there are some. A thousand small things that
// are kept spend an eighth of their processor time in page faults else.
//
// Only for what malloc has in its first heap, and only with glibc; does nothing
// elsewhere. What was taken and not used goes back once it ends. Any number may
// live, on any threads; the last to begin says how large the pieces are, and
// the first to end makes them small again.
#pragma once

#include <cstddef>

namespace pmcp {

class HugeHeap {
 public:
  /// `bytes`: about as much as is going to be kept.
  explicit HugeHeap(std::size_t bytes);
  ~HugeHeap();
  HugeHeap(const HugeHeap&) = delete;
  HugeHeap& operator=(const HugeHeap&) = delete;

  /// Call after every few dozen KiB: malloc tells nobody that it took a piece,
  /// and a page that was touched once stays small. Cheap; thread-safe.
  static void Advise();
};

}  // namespace pmcp
