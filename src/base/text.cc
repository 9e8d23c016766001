#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace pmcp {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

// Longer words are not misspellings of a name; comparing them only takes time.
constexpr std::size_t kMaxComparedBytes = 256;

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Levenshtein distance; both texts are short.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, diagonal + 1, change});
    }
  }
  return row[b.size()];
}

/// The distance between the two; nullopt if they are not near.
std::optional<std::size_t> Distance(std::string_view word,
                                    std::string_view candidate) {
  if (candidate.size() > kMaxComparedBytes) return std::nullopt;
  if (word.size() >= 3 && (candidate.find(word) != std::string_view::npos ||
                           word.find(candidate) != std::string_view::npos)) {
    return 0;
  }
  const std::size_t distance = EditDistance(word, candidate);
  const std::size_t allowed = (std::max(word.size(), candidate.size()) + 1) / 3;
  if (distance > allowed) return std::nullopt;
  return distance;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string_view TakeFromList(std::string_view& list) {
  const auto comma = list.find(',');
  const auto first = Trim(list.substr(0, comma));
  list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
  return first;
}

std::string Join(std::span<const std::string> parts, std::string_view between) {
  std::string joined;
  for (const auto& part : parts) {
    if (&part != parts.data()) joined += between;
    joined += part;
  }
  return joined;
}

std::vector<std::string_view> Split(std::string_view text,
                                    std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string Counted(std::size_t count, std::string_view one,
                    std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string_view BaseName(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::string> ClosestMatch(std::string_view word,
                                        std::span<const std::string> known) {
  if (word.empty() || word.size() > kMaxComparedBytes) return std::nullopt;
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  for (const auto& candidate : known) {
    if (candidate.empty()) continue;
    const auto distance = Distance(word, candidate);
    if (!distance || (best != nullptr && *distance >= best_distance)) continue;
    best = &candidate;
    best_distance = *distance;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::optional<std::int64_t> ParseInt64(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::string Shorten(std::string_view text, std::size_t max_code_points) {
  if (DisplayWidth(text) <= max_code_points) return std::string(text);
  const std::size_t kept = max_code_points > 0 ? max_code_points - 1 : 0;
  const std::size_t head = kept / 2;
  const std::size_t tail = kept - head;
  std::size_t head_end = 0;
  for (std::size_t seen = 0; head_end < text.size(); ++head_end) {
    if (!IsContinuation(text[head_end]) && seen++ == head) break;
  }
  std::size_t tail_begin = text.size();
  for (std::size_t seen = 0; seen < tail && tail_begin > 0;) {
    if (!IsContinuation(text[--tail_begin])) ++seen;
  }
  return std::string(text.substr(0, head_end)) + "…" +
         std::string(text.substr(tail_begin));
}

std::size_t DisplayWidth(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::count_if(
                           text.begin(), text.end(), IsContinuation));
}

}  // namespace pmcp
