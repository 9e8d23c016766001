// Small operations on text that more than one layer needs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pmcp {

/// Without ASCII white space at both ends.
std::string_view Trim(std::string_view text);

/// Takes the first element off a list with commas ("a, b" leaves " b"), and
/// gives it trimmed; it may be empty.
std::string_view TakeFromList(std::string_view& list);

std::string Join(std::span<const std::string> parts, std::string_view between);

/// The candidate a reader most likely meant by `word`, or nullopt when none is
/// near: an edit distance of at most a third of the length, prefixes and
/// containment count as near. Ties go to the first.
std::optional<std::string> ClosestMatch(std::string_view word,
                                        std::span<const std::string> known);

/// A decimal integer and nothing else; nullopt when out of range.
std::optional<std::int64_t> ParseInt64(std::string_view text);

/// At most `max_code_points` code points of valid UTF-8, "…" in place of what
/// was cut from the middle, so that both distinctive ends stay.
std::string Shorten(std::string_view text, std::size_t max_code_points);

/// Columns that a terminal gives to valid UTF-8 text; every code point is one.
std::size_t DisplayWidth(std::string_view text);

}  // namespace pmcp
