// Operations on text that several folders use: trimming, lists, names of files,
// nearest match, shortening.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp {

/// Removes ASCII white space at both ends.
std::string_view Trim(std::string_view text);

/// Removes the first element of a comma-separated list ("a, b" leaves " b") and
/// returns it trimmed; it may be empty.
std::string_view TakeFromList(std::string_view& list);

std::string Join(std::span<const std::string> parts, std::string_view between);

/// The parts of `text` between any of the characters `separators`; some may be
/// empty, and "" has one part.
std::vector<std::string_view> Split(std::string_view text,
                                    std::string_view separators);

/// "1 label", "2 labels": a count with its noun.
std::string Counted(std::size_t count, std::string_view one,
                    std::string_view many);

/// The last element of a path: "engine" of "/opt/bin/engine" and of
/// "/opt/engine/"; "" of "/".
std::string_view BaseName(std::string_view path);

/// Whether `text` is one ASCII digit or more, and nothing else.
bool IsDigits(std::string_view text);

/// Returns the candidate that is nearest to `word`, or nullopt if none is near.
/// Near is an edit distance of at most a third of the length, a prefix, or
/// containment. Of equally near candidates the first one is returned.
std::optional<std::string> ClosestMatch(std::string_view word,
                                        std::span<const std::string> known);

/// Parses a text that is a decimal integer as a whole; nullopt otherwise and if
/// it is out of range.
std::optional<std::int64_t> ParseInt64(std::string_view text);

/// Returns at most `max_code_points` code points of `text`, which is valid
/// UTF-8. A longer text loses its middle to "…", since both ends distinguish.
std::string Shorten(std::string_view text, std::size_t max_code_points);

/// The number of terminal columns of valid UTF-8 text: one per code point.
std::size_t DisplayWidth(std::string_view text);

}  // namespace pmcp
