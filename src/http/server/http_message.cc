#include "http/server/http_message.h"

#include <algorithm>
#include <utility>

namespace pmcp::http {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

const std::string* HttpFields::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(all_, [&](const HttpField& field) {
    return EqualsIgnoringCase(field.name, name);
  });
  return found == all_.end() ? nullptr : &found->value;
}

std::string_view HttpFields::Get(std::string_view name) const {
  const std::string* value = Find(name);
  return value == nullptr ? std::string_view() : *value;
}

std::size_t HttpFields::Count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(all_, [&](const HttpField& field) {
        return EqualsIgnoringCase(field.name, name);
      }));
}

void HttpFields::Add(std::string name, std::string value) {
  all_.push_back({std::move(name), std::move(value)});
}

}  // namespace pmcp::http
