#include "store/files/heap_twin.h"

namespace pmcp::store {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::optional<std::string> HeapTwinOf(std::string_view path) {
  constexpr std::string_view kAllocs = "allocs";
  const std::size_t name = path.rfind('/') + 1;  // npos + 1 is 0
  const std::size_t at = path.find(kAllocs, name);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t end = at + kAllocs.size();
  const bool is_word = (at == name || !IsLetter(path[at - 1])) &&
                       (end == path.size() || !IsLetter(path[end]));
  if (!is_word) return std::nullopt;
  std::string twin(path);
  return twin.replace(at, kAllocs.size(), "heap");
}

}  // namespace pmcp::store
