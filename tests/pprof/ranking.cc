#include "tests/pprof/ranking.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include "base/check.h"
#include "base/gzip.h"
#include "profile/formats/decode_profile.h"
#include "profile/stacks/stacks.h"
#include "tests/support/read_file.h"

namespace pmcp::test {
namespace {

using profile::Profile;

const std::filesystem::path kRoot = PMCP_SOURCE_DIR;
constexpr std::size_t kMaxExpectedBytes = 64u << 20;

}  // namespace

Profile ReadProfile(std::string_view path) {
  auto profile =
      profile::DecodeProfile(ByteBuffer(ReadFile(kRoot / path)), path);
  PMCP_CHECK(profile.ok());
  return *std::move(profile);
}

std::vector<profile::FunctionRow> RowsByName(
    std::shared_ptr<const profile::StackSamples> samples,
    std::size_t sample_type) {
  std::vector<profile::SamplePick> picks;
  for (std::uint32_t sample = 0; sample < samples->size(); ++sample) {
    picks.push_back({sample, samples->value(sample, sample_type)});
  }
  profile::Stacks stacks;
  stacks.Add({std::move(samples), std::move(picks)});
  auto top = profile::TopFunctions(
      stacks, {.limit = std::numeric_limits<std::size_t>::max()},
      CallContext());
  PMCP_CHECK(top.ok());
  std::ranges::sort(top->rows, {}, &profile::FunctionRow::name);
  return std::move(top->rows);
}

std::string TypeName(const Profile& profile, std::size_t sample_type) {
  const profile::ValueType& type = profile.sample_types[sample_type];
  return fmt::format("{}/{}", profile.strings[type.type],
                     profile.strings[type.unit]);
}

std::vector<std::string> ReadExpected(std::string_view name) {
  const auto text = Gunzip(ReadFile(kRoot / "tests/pprof/expected" / name),
                           kMaxExpectedBytes);
  PMCP_CHECK(text.ok());
  std::vector<std::string> lines;
  std::string_view rest = text->view();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

}  // namespace pmcp::test
