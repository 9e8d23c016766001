#include "tests/parity/asked.h"

#include "base/time_range.h"

namespace pmcp::parity {
namespace {

using nlohmann::json;

TimePointMs TimeOf(const oracle::Question& question, const char* key) {
  return TimePointMs(
      std::chrono::milliseconds(oracle::Int64(question.request, key)));
}

}  // namespace

TimePointMs StartOf(const oracle::Question& question) {
  return TimeOf(question, "start");
}

json ProfileArguments(const oracle::Question& question) {
  return {{"profile_type", question.request.at("profileTypeID")},
          {"selector", question.request.at("labelSelector")},
          {"from", FormatTime(StartOf(question))},
          {"to", FormatTime(TimeOf(question, "end"))}};
}

json SeriesArguments(const oracle::Question& question) {
  json arguments = ProfileArguments(question);
  arguments["group_by"] = oracle::Strings(question.request, "groupBy");
  return arguments;
}

}  // namespace pmcp::parity
