// ProfileBuilder: builds small pprof profiles from stacks written as text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profile/pprof/pprof.h"

namespace pmcp::test {

class ProfileBuilder {
 public:
  using Types = std::vector<std::pair<std::string, std::string>>;
  using Labels = std::vector<std::pair<std::string, std::string>>;

  explicit ProfileBuilder(const Types& sample_types = {{"cpu", "nanoseconds"}});

  /// `stack` has the root first: "main;serve>inlined;leaf". Each text between
  /// semicolons is a location; a function after ">" is inlined into the one
  /// before it. Equal texts are one location. "" is a sample without a stack.
  ProfileBuilder& Sample(std::string_view stack,
                         const std::vector<std::int64_t>& values,
                         const Labels& labels = {});
  ProfileBuilder& Sample(std::string_view stack, std::int64_t value) {
    return Sample(stack, std::vector{value});
  }

  /// For changes that the methods above do not cover.
  profile::Profile& profile() { return profile_; }
  profile::Profile Build() { return std::move(profile_); }

 private:
  std::uint32_t Location(std::string_view text);
  std::uint32_t Function(std::string_view name);

  profile::Profile profile_;
  std::map<std::string, std::uint32_t, std::less<>> locations_;
  std::map<std::string, std::uint32_t, std::less<>> functions_;
};

}  // namespace pmcp::test
