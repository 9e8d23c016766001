#include "base/constant_time.h"

#include <cstddef>

namespace pmcp {

bool EqualsInConstantTime(std::string_view secret, std::string_view guess) {
  unsigned difference = secret.size() == guess.size() ? 0 : 1;
  for (std::size_t i = 0; i < guess.size(); ++i) {
    const char expected = secret.empty() ? '\0' : secret[i % secret.size()];
    difference |= static_cast<unsigned char>(expected) ^
                  static_cast<unsigned char>(guess[i]);
  }
  return difference == 0;
}

}  // namespace pmcp
