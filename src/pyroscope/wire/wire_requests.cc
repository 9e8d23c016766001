#include "pyroscope/wire/wire_requests.h"

#include <protozero/pbf_writer.hpp>
#include <type_traits>

namespace pmcp::pyroscope {
namespace {

using Texts = std::vector<std::string>;

// Writes one message. A default value is omitted, as in proto3; a field that is
// `optional` in the schema is written whenever it is set.
class Message {
 public:
  Message& Text(std::uint32_t field, const std::string& value) {
    if (!value.empty()) writer_.add_string(field, value);
    return *this;
  }
  Message& Each(std::uint32_t field, const Texts& values) {
    for (const std::string& value : values) writer_.add_string(field, value);
    return *this;
  }
  Message& Number(std::uint32_t field, std::int64_t value) {
    if (value != 0) writer_.add_int64(field, value);
    return *this;
  }
  Message& Double(std::uint32_t field, double value) {
    if (value != 0) writer_.add_double(field, value);
    return *this;
  }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  Message& Choice(std::uint32_t field, Enum value) {
    return Number(field, static_cast<std::int64_t>(value));
  }
  Message& Optional(std::uint32_t field,
                    const std::optional<std::int64_t>& value) {
    if (value) writer_.add_int64(field, *value);
    return *this;
  }
  Message& Inner(std::uint32_t field, const std::string& message) {
    writer_.add_message(field, message);
    return *this;
  }
  Message& Range(std::uint32_t start_field, const WireRange& range) {
    return Number(start_field, range.start).Number(start_field + 1, range.end);
  }
  /// Fields 1 to 4, which all requests about profiles share.
  Message& Profiles(const WireProfiles& profiles) {
    return Text(1, profiles.profile_type_id)
        .Text(2, profiles.label_selector)
        .Range(3, profiles.range);
  }
  Message& Selector(std::uint32_t field,
                    const std::optional<StackTraceSelector>& selector);

  std::string Bytes() { return std::move(bytes_); }

 private:
  std::string bytes_;
  protozero::pbf_writer writer_{bytes_};
};

Message& Message::Selector(std::uint32_t field,
                           const std::optional<StackTraceSelector>& selector) {
  if (!selector) return *this;
  Message inner;
  for (const std::string& name : selector->call_site) {
    inner.Inner(1, Message().Text(1, name).Bytes());
  }
  if (const auto& pgo = selector->go_pgo) {
    inner.Inner(2, Message()
                       .Number(1, pgo->keep_locations)
                       .Number(2, pgo->aggregate_callees ? 1 : 0)
                       .Bytes());
  }
  return Inner(field, inner.Bytes());
}

}  // namespace

std::string Encode(const ProfileTypesRequest& request) {
  return Message().Range(1, request.range).Bytes();
}

std::string Encode(const LabelNamesRequest& request) {
  return Message().Each(1, request.matchers).Range(2, request.range).Bytes();
}

std::string Encode(const LabelValuesRequest& request) {
  return Message()
      .Text(1, request.name)
      .Each(2, request.matchers)
      .Range(3, request.range)
      .Bytes();
}

std::string Encode(const SeriesRequest& request) {
  return Message()
      .Each(1, request.matchers)
      .Each(2, request.label_names)
      .Range(3, request.range)
      .Bytes();
}

std::string Encode(const SelectMergeStacktracesRequest& request) {
  return Message()
      .Profiles(request.profiles)
      .Optional(5, request.max_nodes)
      .Choice(6, request.format)
      .Selector(7, request.stack_trace_selector)
      .Each(8, request.profile_ids)
      .Each(10, request.trace_ids)
      .Each(11, request.span_ids)
      .Bytes();
}

std::string Encode(const SelectMergeSpanProfileRequest& request) {
  return Message()
      .Text(1, request.profiles.profile_type_id)
      .Text(2, request.profiles.label_selector)
      .Each(3, request.span_ids)
      .Range(4, request.profiles.range)
      .Optional(6, request.max_nodes)
      .Choice(7, request.format)
      .Bytes();
}

std::string Encode(const SelectMergeProfileRequest& request) {
  return Message()
      .Profiles(request.profiles)
      .Optional(5, request.max_nodes)
      .Selector(6, request.stack_trace_selector)
      .Each(7, request.profile_ids)
      .Each(8, request.trace_ids)
      .Bytes();
}

std::string Encode(const SelectSeriesRequest& request) {
  Message message;
  message.Profiles(request.profiles)
      .Each(5, request.group_by)
      .Double(6, request.step_seconds);
  if (request.aggregation) {
    message.Optional(7, static_cast<std::int64_t>(*request.aggregation));
  }
  return message.Selector(8, request.stack_trace_selector)
      .Optional(9, request.limit)
      .Choice(10, request.exemplars)
      .Bytes();
}

std::string Encode(const SelectHeatmapRequest& request) {
  return Message()
      .Profiles(request.profiles)
      .Double(5, request.step_seconds)
      .Each(6, request.group_by)
      .Choice(7, request.kind)
      .Choice(8, request.exemplars)
      .Optional(9, request.limit)
      .Bytes();
}

}  // namespace pmcp::pyroscope
