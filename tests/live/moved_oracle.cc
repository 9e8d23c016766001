#include "tests/live/moved_oracle.h"

#include <fmt/core.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/text.h"
#include "tests/live/moved_profile.h"
#include "tests/oracle/oracle_folder.h"
#include "tests/oracle/question.h"
#include "tests/support/fake_clock.h"
#include "tests/support/read_file.h"
#include "tests/support/wire_writer.h"

namespace pmcp::live {
namespace {

using nlohmann::json;
using std::chrono::minutes;
using std::chrono::seconds;
using test::WireWriter;

constexpr const char* kRunLabel = "pmcp_run";
/// The recorded profiles span at most this time.
constexpr minutes kSpan{40};

/// Rounded to 15 s, so that a grid of 15 s steps does not move.
TimePointMs StartOf(TimePointMs now) {
  const auto start = (now - kSpan).time_since_epoch();
  return TimePointMs(start / seconds(15) * seconds(15));
}

std::string PushOf(const json& labels, const std::string& profile) {
  WireWriter series;
  for (const auto& [name, value] : labels.items()) {
    series.Message(
        1, WireWriter().Bytes(1, name).Bytes(2, value.get<std::string>()));
  }
  series.Message(2, WireWriter().Bytes(1, profile));
  return WireWriter().Message(1, series).bytes();
}

}  // namespace

MovedOracle::MovedOracle(TimePointMs now, const std::string& run)
    : run_(run), window_{StartOf(now), StartOf(now) + kSpan} {
  const TimePointMs recorded = oracle::AskedAt() - kSpan;
  const auto shift = std::chrono::nanoseconds(window_.from - recorded);
  json rules = json::object();
  for (const json& push :
       json::parse(test::ReadFile(oracle::DataFolder() / "pushes.json"))) {
    const std::string name = push.at("file").get<std::string>() + ".pb.gz";
    const auto moved =
        MoveProfile(test::ReadFile(oracle::DataFolder() / "profiles" / name),
                    [&](std::int64_t time) { return time + shift.count(); });
    PMCP_CHECK(moved.ok());
    json labels = push.at("labels");
    labels[kRunLabel] = run;
    // Messages with a repeated field are joined by writing one after another.
    push_ += PushOf(labels, *moved);
    folder_.Write(name, *moved);
    // Without this rule the folder would take the service from the file name.
    if (!labels.contains("service_name")) labels["service_name"] = "";
    rules[name] = std::move(labels);
  }
  folder_.Write("labels.json", rules.dump());
}

std::string MovedOracle::selector() const {
  return fmt::format("{}=\"{}\"", kRunLabel, run_);
}

}  // namespace pmcp::live
