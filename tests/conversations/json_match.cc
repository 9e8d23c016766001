#include "tests/conversations/json_match.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace pmcp::test {

using nlohmann::json;

namespace {

bool MatchesObject(const json& expected, const json& actual) {
  return expected.size() == actual.size() &&
         std::ranges::all_of(expected.items(), [&](const auto& member) {
           const auto found = actual.find(member.key());
           return found != actual.end() && Matches(member.value(), *found);
         });
}

}  // namespace

bool Matches(const json& expected, const json& actual) {
  if (expected == "<any>") return true;
  if (expected.is_object() && actual.is_object()) {
    return MatchesObject(expected, actual);
  }
  if (expected.is_array() && actual.is_array()) {
    return std::ranges::equal(expected, actual, Matches);
  }
  return expected.is_number_float() == actual.is_number_float() &&
         expected == actual;
}

}  // namespace pmcp::test
