// Compares exported files with what `pprof -raw` prints of the files that they
// were made from. The times are compared with those of the files, since pprof
// rounds them. Differs by design: a file that is merged from several has one
// more comment, which export_pprof writes and the source does not.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include "base/gzip.h"
#include "profile/formats/decode_profile.h"
#include "profile/pprof/pprof_decode.h"
#include "profile/pprof/pprof_encode.h"
#include "store/directory_source.h"
#include "tests/pprof/ranking.h"
#include "tests/pprof/raw_text.h"
#include "tests/support/asked_folder.h"
#include "tests/support/read_file.h"

namespace pmcp::test {
namespace {

using profile::Profile;
using Lines = std::vector<std::string>;

struct RecordedExport {
  Lines paths;
  Lines lines;
};

std::vector<RecordedExport> ReadRecorded() {
  std::vector<RecordedExport> recorded;
  for (const std::string& line : ReadExpected("raw.gz")) {
    if (line.starts_with("file ")) {
      std::istringstream words(line.substr(5));
      RecordedExport& next = recorded.emplace_back();
      for (std::string path; words >> path;) next.paths.push_back(path);
    } else if (!line.starts_with("Time: ") && !line.starts_with("Duration: ")) {
      recorded.back().lines.push_back(line);
    }
  }
  return recorded;
}

TimeRange Always() {
  return {TimePointMs(std::chrono::milliseconds(0)),
          At("2200-01-01T00:00:00Z")};
}

// All sample types of all files of a folder.
source::ExportQuery Everything(const source::ProfileSource& source) {
  const auto types = source.ProfileTypes({{}, Always()}, {});
  EXPECT_TRUE(types.ok() && !types->data.empty());
  return {.profiles = {types->data.front(), {}, Always()},
          .samples = {},
          .all_types = true};
}

// As another program reads the exported file.
Profile Exported(const Lines& paths) {
  const AskedFolder folder({.folder = {}});
  const std::filesystem::path root = PMCP_SOURCE_DIR;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    folder.Write(fmt::format("{:02}.pb.gz", i), ReadFile(root / paths[i]));
  }
  const auto answer =
      folder.source().ExportProfile(Everything(folder.source()), {});
  EXPECT_TRUE(answer.ok());
  EXPECT_EQ(answer->data.files, paths.size());
  auto read = profile::DecodePprof(profile::EncodePprof(answer->data.profile));
  EXPECT_TRUE(read.ok());
  return *std::move(read);
}

// As pprof does when it opens a file.
Profile WithSomeMapping(Profile profile) {
  if (!profile.mappings.empty()) return profile;
  profile.mappings.push_back({.id = 1});
  for (profile::Location& location : profile.locations) location.mapping = 0;
  return profile;
}

void ExpectTheTimesOf(const Lines& paths, const Profile& exported) {
  std::int64_t time = 0;
  std::int64_t duration = 0;
  for (const std::string& path : paths) {
    const Profile original = ReadProfile(path);
    time =
        time == 0 ? original.time_nanos : std::min(time, original.time_nanos);
    duration += original.duration_nanos;
  }
  EXPECT_EQ(exported.time_nanos, time);
  EXPECT_EQ(exported.duration_nanos, duration);
}

TEST(PprofExports, AreWhatPprofReadsInTheFiles) {
  const auto recorded = ReadRecorded();
  EXPECT_GE(recorded.size(), 15u);
  for (const RecordedExport& expected : recorded) {
    SCOPED_TRACE(fmt::format("{} and {} more", expected.paths.at(0),
                             expected.paths.size() - 1));
    const Profile exported = WithSomeMapping(Exported(expected.paths));
    const Lines lines = RawText(exported);
    for (std::size_t i = 0; i < std::min(lines.size(), expected.lines.size());
         ++i) {
      ASSERT_EQ(lines[i], expected.lines[i]) << "line " << i;
    }
    EXPECT_EQ(lines.size(), expected.lines.size());
    ExpectTheTimesOf(expected.paths, exported);
  }
}

}  // namespace
}  // namespace pmcp::test
