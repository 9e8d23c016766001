#include "tests/support/big_profile.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "tests/support/random.h"

namespace pmcp::test {
namespace {

constexpr std::int64_t kNanosPerSample = 10'000'000;
constexpr std::size_t kEntryPoints = 16;

class Generator {
 public:
  explicit Generator(const BigProfileOptions& options)
      : options_(options), random_(options.seed) {}

  profile::Profile Make() {
    AddHead();
    for (std::size_t i = 0; i < options_.functions; ++i) AddFunction(i);
    for (std::size_t i = 0; i < options_.functions; ++i) AddCallSites(i);
    AddSamples();
    return std::move(profile_);
  }

 private:
  // A place in a function that calls another function.
  struct CallSite {
    std::uint32_t location;
    std::uint32_t callee;
  };

  profile::StringId Text(std::string_view text) {
    return profile_.strings.Append(text);
  }

  void AddHead() {
    Text("");
    profile_.sample_types = {{Text("samples"), Text("count")},
                             {Text("cpu"), Text("nanoseconds")}};
    profile_.has_period_type = true;
    profile_.period_type = profile_.sample_types[1];
    profile_.period = kNanosPerSample;
    profile_.time_nanos = 1'700'000'000'000'000'000;
    profile_.duration_nanos = 60'000'000'000;
    profile_.mappings.push_back({.id = 1,
                                 .memory_start = 0x400000,
                                 .memory_limit = 0x8000000,
                                 .filename = Text("/usr/bin/shop"),
                                 .has_functions = true});
    call_sites_.resize(options_.functions);
  }

  void AddFunction(std::size_t i) {
    const auto name = Text(fmt::format("example.com/shop/pkg{}.(*Type{}).Do{}",
                                       i % 97, i % 1009, i));
    // Few names occur a second time, in another file.
    const bool twin = i > 0 && random_.OneIn(100);
    profile_.functions.push_back(
        {.id = i + 1,
         .name = twin ? profile_.functions[random_.Below(i)].name : name,
         .filename =
             Text(fmt::format("/src/shop/pkg{}/file{}.go", i % 97, i % 499)),
         .start_line = static_cast<std::int64_t>(10 + random_.Below(900))});
  }

  void AddCallSites(std::size_t function) {
    for (std::size_t i = 1 + random_.Below(3); i > 0; --i) {
      call_sites_[function].push_back(
          {AddLocation(function), Callee(function)});
    }
  }

  // Mostly a later function, which makes no cycles; sometimes the function
  // itself or an earlier one.
  std::uint32_t Callee(std::size_t function) {
    const std::size_t count = options_.functions;
    std::size_t callee = function + 1 + random_.Below(count / 8 + 1);
    if (random_.OneIn(40)) callee = function;
    if (random_.OneIn(40)) callee = random_.Below(function + 1);
    return static_cast<std::uint32_t>(callee % count);
  }

  std::uint32_t AddLocation(std::size_t function) {
    const auto index = static_cast<std::uint32_t>(profile_.locations.size());
    profile::Location location{
        .id = index + 1, .address = 0x400000 + 16 * index, .mapping = 0};
    location.first_line = static_cast<std::uint32_t>(profile_.lines.size());
    const std::size_t inlined = random_.OneIn(8) ? 1 + random_.Below(2) : 0;
    for (std::size_t i = 0; i < inlined; ++i) {
      AddLine(random_.Below(options_.functions));
    }
    AddLine(function);
    location.line_count = static_cast<std::uint32_t>(inlined + 1);
    profile_.locations.push_back(location);
    return index;
  }

  void AddLine(std::size_t function) {
    const auto line = static_cast<std::int64_t>(random_.Below(80));
    profile_.lines.push_back(
        {.function = static_cast<std::uint32_t>(function),
         .line = profile_.functions[function].start_line + line});
  }

  void AddSamples() {
    profile_.samples.SetValueCount(2);
    std::vector<std::uint32_t> stack;
    for (std::size_t i = 0; i < options_.samples; ++i) {
      stack.clear();
      std::size_t function = random_.Below(kEntryPoints) % options_.functions;
      do {
        const auto& sites = call_sites_[function];
        const CallSite& site = sites[random_.Below(sites.size())];
        stack.push_back(site.location);
        function = site.callee;
      } while (!random_.OneIn(options_.depth));
      std::reverse(stack.begin(), stack.end());
      const auto count = static_cast<std::int64_t>(1 + random_.Below(4));
      const std::int64_t values[] = {count, count * kNanosPerSample};
      profile_.samples.Append(stack, values, {});
    }
  }

  const BigProfileOptions& options_;
  SplitMix64 random_;
  profile::Profile profile_;
  std::vector<std::vector<CallSite>> call_sites_;  // by function
};

}  // namespace

profile::Profile BigProfile(const BigProfileOptions& options) {
  return Generator(options).Make();
}

}  // namespace pmcp::test
