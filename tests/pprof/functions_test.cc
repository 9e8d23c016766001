// Compares self and total of every function of every profile with the exact
// values of the package google/pprof (tests/pprof/record/main.go has the
// format).
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/gzip.h"
#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/pprof_encode.h"
#include "profile/pprof/profile_limits.h"
#include "tests/pprof/ranking.h"
#include "tests/support/big_profile.h"
#include "tests/support/read_file.h"

namespace pmcp::test {
namespace {

using profile::Profile;

constexpr std::string_view kAdvice =
    "when the profiles were changed on purpose, run tests/pprof/record/record";

// FNV-1a of 64 bits.
std::uint64_t Checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return hash;
}

std::string Escaped(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < ' ' || byte == 0x7f || c == '%') {
      text += fmt::format("%{:02X}", byte);
    } else {
      text += c;
    }
  }
  return text;
}

// The lines that the recorder prints.
std::vector<std::string> Lines(std::string_view path,
                               std::string_view message) {
  auto decoded = profile::DecodePprof(message);
  if (!decoded.ok())
    return {fmt::format("{}: {}", path, decoded.error().message)};
  std::string head = fmt::format("file {} {:016x}", path, Checksum(message));
  for (std::size_t i = 0; i < decoded->sample_types.size(); ++i) {
    head += " " + TypeName(*decoded, i);
  }
  const auto samples =
      std::make_shared<const profile::StackSamples>(*std::move(decoded));
  std::vector<std::vector<profile::FunctionRow>> columns;
  for (std::size_t i = 0; i < samples->value_count(); ++i) {
    columns.push_back(RowsByName(samples, i));
  }
  std::vector<std::string> lines = {head};
  for (std::size_t row = 0; row < columns[0].size(); ++row) {
    std::string line;
    for (const auto& rows : columns) {
      line += fmt::format("{} {} ", rows[row].self, rows[row].total);
    }
    lines.push_back(line + Escaped(columns[0][row].name));
  }
  return lines;
}

std::vector<std::vector<std::string>> Sections(
    const std::vector<std::string>& lines) {
  std::vector<std::vector<std::string>> sections;
  for (const std::string& line : lines) {
    if (line.starts_with("file ")) sections.emplace_back();
    sections.back().push_back(line);
  }
  return sections;
}

std::string PathOf(const std::vector<std::string>& section) {
  const std::string& head = section[0];
  return head.substr(5, head.find(' ', 5) - 5);
}

void ExpectSameLines(const std::vector<std::string>& ours,
                     const std::vector<std::string>& recorded) {
  for (std::size_t i = 0; i < std::min(ours.size(), recorded.size()); ++i) {
    ASSERT_EQ(ours[i], recorded[i]) << kAdvice;
  }
  EXPECT_EQ(ours.size(), recorded.size()) << kAdvice;
}

// Checks that every recorded profile is unchanged, and that every profile in
// `folder` is recorded.
void ExpectFolderAsRecorded(std::string_view expected,
                            const std::string& folder) {
  const std::filesystem::path root = PMCP_SOURCE_DIR;
  std::set<std::string> there;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root / folder)) {
    const std::string path = entry.path().lexically_relative(root);
    if (path.ends_with(".pb.gz")) there.insert(path);
  }
  std::set<std::string> recorded;
  for (const auto& section : Sections(ReadExpected(expected))) {
    const std::string path = PathOf(section);
    SCOPED_TRACE(path);
    recorded.insert(path);
    if (!there.contains(path)) continue;
    const auto message =
        Gunzip(ReadFile(root / path), profile::kMaxInflatedBytes);
    ASSERT_TRUE(message.ok());
    ExpectSameLines(Lines(path, message->view()), section);
  }
  EXPECT_FALSE(there.empty());
  EXPECT_EQ(there, recorded) << kAdvice;
}

TEST(PprofFunctions, OfTheExamples) {
  ExpectFolderAsRecorded("examples.functions.gz", "examples/profiles");
}

TEST(PprofFunctions, OfTheOraclesProfiles) {
  ExpectFolderAsRecorded("oracle.functions.gz", "tests/oracle/data");
}

TEST(PprofFunctions, OfTheBigProfile) {
  const std::string message = profile::EncodePprof(BigProfile());
  ExpectSameLines(Lines("big.pb.gz", message),
                  ReadExpected("big.functions.gz"));
}

}  // namespace
}  // namespace pmcp::test
