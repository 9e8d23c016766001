#include "pyroscope/refusals.h"

#include <string_view>

#include "base/time_range.h"
#include "pyroscope/connect/connect_client_errors.h"

namespace pmcp::pyroscope {
namespace {

bool Says(const Error& refusal, ErrorKind kind, std::string_view text) {
  return refusal.kind == kind &&
         refusal.message.find(text) != std::string::npos;
}

}  // namespace

std::optional<std::chrono::milliseconds> LimitNamedIn(const Error& refusal) {
  const std::string_view message = refusal.message;
  constexpr std::string_view kMark = "limit: ";
  if (!Says(refusal, ErrorKind::kInvalidArgument, "max_query_length")) {
    return std::nullopt;
  }
  const std::size_t mark = message.rfind(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view rest = message.substr(mark + kMark.size());
  return ParseDuration(rest.substr(0, rest.find(')')));
}

bool IsSplitRefusal(const Error& refusal) {
  return Says(refusal, ErrorKind::kInvalidArgument,
              "query start time is after end time");
}

bool IsOldPathRefusal(const Error& refusal) {
  return refusal.kind == ErrorKind::kUnsupported &&
         IsOldReadPath(refusal.message);
}

}  // namespace pmcp::pyroscope
