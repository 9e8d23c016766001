#include "tests/soak/churn.h"

#include <fmt/core.h>

#include <fstream>

#include "tests/support/big_profile.h"
#include "tests/support/fake_clock.h"
#include "tests/support/store_profiles.h"

namespace pmcp::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSteadyFiles = 12;
constexpr std::size_t kPool = 24;
constexpr std::size_t kServices = 4;
constexpr std::size_t kFilesOfAService = 40;

const TimePointMs kStart = At("2026-07-28T10:00:00Z");

/// Adds spans and a label to some samples, as in instrumented programs.
void AddLabels(SplitMix64& random, profile::Profile& profile) {
  const auto handler = profile.strings.Append("handler");
  const auto span_id = profile.strings.Append("span_id");
  const profile::StringId values[] = {profile.strings.Append("/a"),
                                      profile.strings.Append("/b")};
  const profile::SampleTable old = std::exchange(profile.samples, {});
  profile.samples.SetValueCount(old.value_count());
  for (std::size_t row = 0; row < old.size(); ++row) {
    std::vector<profile::SampleLabel> labels;
    if (random.OneIn(2)) {
      labels.push_back({handler, values[random.Below(2)]});
      const std::string span = fmt::format("{:016x}", 1 + random.Below(1000));
      labels.push_back({span_id, profile.strings.Append(span)});
    }
    profile.samples.Append(old.locations(row), old.values(row), labels);
  }
}

/// About 100 kB when decoded.
std::string MakeFile(SplitMix64& random) {
  profile::Profile profile = BigProfile(
      {.samples = 300, .functions = 400, .depth = 15, .seed = random.Next()});
  AddLabels(random, profile);
  const TimePoint time = kStart + std::chrono::seconds(random.Below(3600));
  profile.time_nanos = time.time_since_epoch().count();
  return PprofFile(profile);
}

}  // namespace

TimeRange Churn::Window() { return {kStart, kStart + std::chrono::hours(1)}; }

Churn::Churn(std::uint64_t seed) : random_(seed) {
  for (std::size_t i = 0; i < kPool; ++i) pool_.push_back(MakeFile(random_));
  for (std::size_t i = 0; i < kSteadyFiles; ++i) {
    folder_.Write(fmt::format("steady/{}.pb.gz", i), pool_[i]);
  }
  for (std::size_t i = 0; i < kServices * kFilesOfAService / 2; ++i) Appear();
}

const std::vector<Churn::ChangeRow>& Churn::Changes() {
  static const std::vector<ChangeRow> rows = {
      {"appear", &Churn::Appear},
      {"replace", &Churn::Replace},
      {"cut short", &Churn::CutShort},
      {"spoil", &Churn::Spoil},
      {"vanish", &Churn::Vanish},
      {"write labels.json", &Churn::WriteRules},
      {"remove folder", &Churn::RemoveFolder},
  };
  return rows;
}

void Churn::Step() {
  // Removes folders rarely, so that other changes are visible too.
  const std::size_t kinds = Changes().size() - (random_.OneIn(40) ? 0 : 1);
  const ChangeRow& row = Changes()[random_.Below(kinds)];
  (this->*row.change)();
  ++counts_[row.name];
}

/// Writes in two halves, so that readers see the first one.
void Churn::Appear() {
  const fs::path path = RandomPath();
  const std::string_view bytes = RandomBytes();
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary);
  const auto half = static_cast<std::streamsize>(bytes.size() / 2);
  out.write(bytes.data(), half).flush();
  out.write(bytes.data() + half,
            static_cast<std::streamsize>(bytes.size()) - half);
}

/// Replaces the file atomically.
void Churn::Replace() {
  const fs::path path = RandomPath();
  const fs::path other = folder_.path() / ".new";
  std::ofstream(other, std::ios::binary) << RandomBytes();
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  fs::rename(other, path, ignored);
}

void Churn::CutShort() {
  const fs::path path = RandomPath();
  std::error_code ignored;
  const auto size = fs::file_size(path, ignored);
  if (!ignored) fs::resize_file(path, size / 2, ignored);
}

void Churn::Spoil() {
  std::ofstream out(RandomPath(), std::ios::binary | std::ios::in);
  out.seekp(100);
  out << "this is no gzip any more";
}

void Churn::Vanish() {
  std::error_code ignored;
  fs::remove(RandomPath(), ignored);
}

/// Sometimes writes broken rules.
void Churn::WriteRules() {
  static constexpr std::string_view kRules[] = {
      "{}", R"({"*": {"env": "prod"}})", R"({"1*": {"env": "test"}})",
      R"({"*": )"};
  const fs::path path = RandomPath().parent_path() / "labels.json";
  std::ofstream(path, std::ios::binary) << kRules[random_.Below(4)];
}

void Churn::RemoveFolder() {
  std::error_code ignored;
  fs::remove_all(RandomPath().parent_path(), ignored);
}

fs::path Churn::RandomPath() {
  const std::size_t file = random_.Below(kFilesOfAService);
  return folder_.path() / fmt::format("churn{}/{}{}.pb.gz",
                                      random_.Below(kServices),
                                      file % 2 == 0 ? "" : "deeper/", file);
}

std::string_view Churn::RandomBytes() {
  return pool_[random_.Below(pool_.size())];
}

}  // namespace pmcp::test
