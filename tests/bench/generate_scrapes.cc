// generate_scrapes FOLDER [FILES]: writes CPU profiles like those of a scraper
// that profiles five services for 15 seconds each, all day: small files with
// varying stacks of the same programs.
#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/gzip.h"
#include "base/text.h"
#include "profile/merge/merge_profiles.h"
#include "profile/pprof/pprof_encode.h"
#include "tests/support/big_profile.h"

namespace {

using pmcp::profile::Profile;

constexpr std::size_t kServices = 5;
// The samples of 15 seconds at 100 Hz, of a service that uses 40 % of a CPU.
constexpr std::size_t kSamplesPerScrape = 600;
constexpr std::int64_t kNanosPerSample = 10'000'000;
constexpr std::int64_t kDayNanos = 86'400'000'000'000;
constexpr std::int64_t kScrapeNanos = 15'000'000'000;

/// All samples of one service.
Profile Service(std::size_t number, std::size_t scrapes) {
  return pmcp::test::BigProfile({.samples = scrapes * kSamplesPerScrape,
                                 .functions = 300,
                                 .depth = 12,
                                 .seed = number + 1});
}

/// The samples of one scrape, with only the tables that they refer to, as a
/// profiler writes them.
Profile Scrape(const Profile& service, std::size_t number,
               std::size_t scrapes) {
  std::vector<pmcp::profile::SamplePick> picks;
  for (std::size_t i = 0; i < kSamplesPerScrape; ++i) {
    const std::size_t row = number * kSamplesPerScrape + i;
    picks.push_back({static_cast<std::uint32_t>(row), kNanosPerSample});
  }
  pmcp::profile::MergedProfiles merge;
  merge.Add(service, picks);
  Profile scrape = std::move(merge).Finish();
  auto& strings = scrape.strings;
  scrape.sample_types = {
      {strings.Intern("cpu"), strings.Intern("nanoseconds")}};
  scrape.has_period_type = true;
  scrape.period_type = scrape.sample_types[0];
  scrape.period = kNanosPerSample;
  scrape.time_nanos =
      service.time_nanos + static_cast<std::int64_t>(number) *
                               (kDayNanos / static_cast<std::int64_t>(scrapes));
  scrape.duration_nanos = kScrapeNanos;
  return scrape;
}

bool Write(const std::filesystem::path& path, const Profile& profile) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << pmcp::Gzip(pmcp::profile::EncodePprof(profile));
  file.close();
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  const auto files = pmcp::ParseInt64(argc > 2 ? argv[2] : "1000");
  if (argc < 2 || argc > 3 || !files || *files < 1) {
    std::fprintf(stderr, "usage: generate_scrapes FOLDER [FILES]\n");
    return 2;
  }
  const std::filesystem::path folder(argv[1]);
  const std::size_t scrapes =
      (static_cast<std::size_t>(*files) + kServices - 1) / kServices;
  for (std::size_t i = 0; i < kServices; ++i) {
    const Profile service = Service(i, scrapes);
    for (std::size_t j = 0; j < scrapes; ++j) {
      const auto path =
          folder / fmt::format("service-{}/cpu-{:05}.pb.gz", i, j);
      if (!Write(path, Scrape(service, j, scrapes))) {
        std::fprintf(stderr, "cannot write %s\n", path.c_str());
        return 1;
      }
    }
  }
  return 0;
}
