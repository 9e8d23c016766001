#include "tests/oracle/recorded_answer.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "base/check.h"
#include "profile/formats/decode_profile.h"

namespace pmcp::oracle {
namespace {

using nlohmann::json;
using profile::Exemplar;

TimePointMs TimeOf(const json& object) {
  return TimePointMs(std::chrono::milliseconds(Int64(object, "timestamp")));
}

std::vector<Exemplar> ExemplarsOf(const json& object) {
  std::vector<Exemplar> exemplars;
  for (const json& exemplar : object.value("exemplars", json::array())) {
    exemplars.push_back({.timestamp = TimeOf(exemplar),
                         .profile_id = exemplar.value("profileId", ""),
                         .span_id = exemplar.value("spanId", ""),
                         .trace_id = exemplar.value("traceId", ""),
                         .value = Int64(exemplar, "value"),
                         .labels = LabelsOf(exemplar)});
  }
  return exemplars;
}

profile::HeatmapSlot SlotOf(const json& recorded) {
  profile::HeatmapSlot slot{.timestamp = TimeOf(recorded),
                            .exemplars = ExemplarsOf(recorded)};
  std::ranges::copy(recorded.at("yMin").get<std::vector<double>>(),
                    slot.lower_bounds.begin());
  std::ranges::copy(recorded.at("counts").get<std::vector<std::int32_t>>(),
                    slot.counts.begin());
  return slot;
}

/// The bytes of the only field of a message. The messages around a profile have
/// no other field.
std::string_view OnlyField(std::string_view message, char tag) {
  if (message.empty()) return {};
  PMCP_CHECK(message.front() == tag);
  message.remove_prefix(1);
  std::size_t length = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(message.front());
    message.remove_prefix(1);
    length |= static_cast<std::size_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  PMCP_CHECK(length == message.size());
  return message;
}

}  // namespace

std::vector<profile::Label> LabelsOf(const json& object) {
  std::vector<profile::Label> labels;
  for (const json& label : object.value("labels", json::array())) {
    labels.push_back({label.value("name", ""), label.value("value", "")});
  }
  return labels;
}

std::vector<profile::Series> SeriesOf(const json& response) {
  std::vector<profile::Series> all;
  for (const json& series : response.value("series", json::array())) {
    profile::Series& next = all.emplace_back();
    next.labels = LabelsOf(series);
    for (const json& point : series.value("points", json::array())) {
      next.points.push_back(
          {TimeOf(point), point.value("value", 0.0), ExemplarsOf(point)});
    }
  }
  return all;
}

std::vector<profile::HeatmapSeries> HeatmapOf(const json& response) {
  std::vector<profile::HeatmapSeries> all;
  for (const json& series : response.value("series", json::array())) {
    profile::HeatmapSeries& next = all.emplace_back();
    next.labels = LabelsOf(series);
    for (const json& slot : series.value("slots", json::array())) {
      next.slots.push_back(SlotOf(slot));
    }
  }
  return all;
}

Result<profile::Profile> ProfileOf(const Question& question) {
  if (question.method == "SelectMergeProfile") {
    return profile::DecodeProfile(ByteBuffer(question.response_bytes),
                                  "SelectMergeProfile");
  }
  // Field 5 of the answer is `pprof`, and field 1 of it is the profile.
  const auto pprof = OnlyField(question.response_bytes, 0x2A);
  const auto profile = OnlyField(pprof, 0x0A);
  if (profile.empty()) return profile::Profile();
  return profile::DecodePprof(profile);
}

}  // namespace pmcp::oracle
