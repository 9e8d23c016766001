#include "app/parse_size.h"

#include <array>

#include "base/text.h"

namespace pmcp::app {
namespace {

struct SizeUnit {
  std::string_view suffix;
  int shift;
};
constexpr std::array kSizeUnits = {SizeUnit{"KiB", 10}, SizeUnit{"MiB", 20},
                                   SizeUnit{"GiB", 30}};

}  // namespace

std::optional<std::size_t> ParseSize(std::string_view text) {
  for (const auto& unit : kSizeUnits) {
    if (!text.ends_with(unit.suffix)) continue;
    text.remove_suffix(unit.suffix.size());
    const auto number = ParseInt64(Trim(text));
    if (!number || *number <= 0 || *number > (1 << 20)) return std::nullopt;
    return static_cast<std::size_t>(*number) << unit.shift;
  }
  return std::nullopt;
}

}  // namespace pmcp::app
