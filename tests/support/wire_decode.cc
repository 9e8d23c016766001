#include "tests/support/wire_decode.h"

#include <protozero/pbf_reader.hpp>

namespace pmcp::test {
namespace {

using namespace pmcp::pyroscope;
using protozero::pbf_reader;

pbf_reader ReaderOf(std::string_view message) {
  return {message.data(), message.size()};
}

template <typename Enum>
Enum Choice(pbf_reader& field) {
  return static_cast<Enum>(field.get_int32());
}

/// Field `start` or the one behind it; whether it was one of them.
bool DecodeRange(pbf_reader& field, std::uint32_t start, WireRange& range) {
  if (field.tag() == start) {
    range.start = field.get_int64();
  } else if (field.tag() == start + 1) {
    range.end = field.get_int64();
  } else {
    return false;
  }
  return true;
}

bool DecodeProfiles(pbf_reader& field, WireProfiles& profiles) {
  if (field.tag() == 1) {
    profiles.profile_type_id = field.get_string();
  } else if (field.tag() == 2) {
    profiles.label_selector = field.get_string();
  } else {
    return DecodeRange(field, 3, profiles.range);
  }
  return true;
}

StackTraceSelector DecodeSelector(pbf_reader message) {
  StackTraceSelector selector;
  while (message.next()) {
    const bool is_location = message.tag() == 1;
    if (is_location) {
      selector.call_site.emplace_back();
    } else {
      selector.go_pgo.emplace();
    }
    pbf_reader inner = message.get_message();
    while (inner.next()) {
      if (is_location) {
        selector.call_site.back() = inner.get_string();
      } else if (inner.tag() == 1) {
        selector.go_pgo->keep_locations = inner.get_uint32();
      } else {
        selector.go_pgo->aggregate_callees = inner.get_bool();
      }
    }
  }
  return selector;
}

}  // namespace

void Decode(std::string_view message, ProfileTypesRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (!DecodeRange(field, 1, request.range)) field.skip();
  }
}

void Decode(std::string_view message, LabelNamesRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (field.tag() == 1) {
      request.matchers.push_back(field.get_string());
    } else if (!DecodeRange(field, 2, request.range)) {
      field.skip();
    }
  }
}

void Decode(std::string_view message, LabelValuesRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (field.tag() == 1) {
      request.name = field.get_string();
    } else if (field.tag() == 2) {
      request.matchers.push_back(field.get_string());
    } else if (!DecodeRange(field, 3, request.range)) {
      field.skip();
    }
  }
}

void Decode(std::string_view message, SeriesRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (field.tag() == 1) {
      request.matchers.push_back(field.get_string());
    } else if (field.tag() == 2) {
      request.label_names.push_back(field.get_string());
    } else if (!DecodeRange(field, 3, request.range)) {
      field.skip();
    }
  }
}

void Decode(std::string_view message, SelectMergeStacktracesRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (DecodeProfiles(field, request.profiles)) continue;
    switch (field.tag()) {
      case 5:
        request.max_nodes = field.get_int64();
        break;
      case 6:
        request.format = Choice<ProfileFormat>(field);
        break;
      case 7:
        request.stack_trace_selector = DecodeSelector(field.get_message());
        break;
      case 8:
        request.profile_ids.push_back(field.get_string());
        break;
      case 10:
        request.trace_ids.push_back(field.get_string());
        break;
      case 11:
        request.span_ids.push_back(field.get_string());
        break;
      default:
        field.skip();
    }
  }
}

void Decode(std::string_view message, SelectMergeSpanProfileRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (DecodeRange(field, 4, request.profiles.range)) continue;
    switch (field.tag()) {
      case 1:
        request.profiles.profile_type_id = field.get_string();
        break;
      case 2:
        request.profiles.label_selector = field.get_string();
        break;
      case 3:
        request.span_ids.push_back(field.get_string());
        break;
      case 6:
        request.max_nodes = field.get_int64();
        break;
      case 7:
        request.format = Choice<ProfileFormat>(field);
        break;
      default:
        field.skip();
    }
  }
}

void Decode(std::string_view message, SelectMergeProfileRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (DecodeProfiles(field, request.profiles)) continue;
    switch (field.tag()) {
      case 5:
        request.max_nodes = field.get_int64();
        break;
      case 6:
        request.stack_trace_selector = DecodeSelector(field.get_message());
        break;
      case 7:
        request.profile_ids.push_back(field.get_string());
        break;
      case 8:
        request.trace_ids.push_back(field.get_string());
        break;
      default:
        field.skip();
    }
  }
}

void Decode(std::string_view message, SelectSeriesRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (DecodeProfiles(field, request.profiles)) continue;
    switch (field.tag()) {
      case 5:
        request.group_by.push_back(field.get_string());
        break;
      case 6:
        request.step_seconds = field.get_double();
        break;
      case 7:
        request.aggregation = Choice<SeriesAggregation>(field);
        break;
      case 8:
        request.stack_trace_selector = DecodeSelector(field.get_message());
        break;
      case 9:
        request.limit = field.get_int64();
        break;
      case 10:
        request.exemplars = Choice<WireExemplars>(field);
        break;
      default:
        field.skip();
    }
  }
}

void Decode(std::string_view message, SelectHeatmapRequest& request) {
  auto field = ReaderOf(message);
  while (field.next()) {
    if (DecodeProfiles(field, request.profiles)) continue;
    switch (field.tag()) {
      case 5:
        request.step_seconds = field.get_double();
        break;
      case 6:
        request.group_by.push_back(field.get_string());
        break;
      case 7:
        request.kind = Choice<WireHeatmapKind>(field);
        break;
      case 8:
        request.exemplars = Choice<WireExemplars>(field);
        break;
      case 9:
        request.limit = field.get_int64();
        break;
      default:
        field.skip();
    }
  }
}

}  // namespace pmcp::test
