#include "pyroscope/wire/wire_labels.h"

#include <protozero/pbf_reader.hpp>
#include <utility>

#include "pyroscope/wire/wire_reader.h"

namespace pmcp::pyroscope {
namespace {

using profile::Label;
using profile::Labels;
using profile::ProfileType;
using protozero::pbf_reader;

// Reads the ID only: the other fields repeat its parts.
void ReadProfileType(pbf_reader message, WireReader& reader,
                     std::vector<ProfileType>& types) {
  while (reader.Next(message)) {
    if (message.tag() != 1) {
      message.skip();
      continue;
    }
    constexpr std::string_view kPath = "profile_types.ID";
    const std::string id = reader.Text(message, kPath);
    auto type = ProfileType::Parse(id);
    if (!type.ok()) {
      reader.Fail(kPath, "is not a profile type");
    } else if (reader.Charge(sizeof(ProfileType) + id.size())) {
      types.push_back(*std::move(type));
    }
  }
}

Labels ReadLabels(pbf_reader message, WireReader& reader) {
  std::vector<Label> labels;
  while (reader.Next(message)) {
    if (message.tag() == 1) {
      labels.push_back(
          ReadLabel(reader.Message(message, "labels_set.labels"), reader));
    } else {
      message.skip();
    }
  }
  return Labels(std::move(labels));
}

}  // namespace

Label ReadLabel(pbf_reader message, WireReader& reader) {
  Label label;
  if (!reader.Charge(sizeof(Label))) return label;
  while (reader.Next(message)) {
    switch (message.tag()) {
      case 1:
        label.name = reader.Text(message, "labels.name");
        break;
      case 2:
        label.value = reader.Text(message, "labels.value");
        break;
      default:
        message.skip();
    }
  }
  return label;
}

Result<std::vector<ProfileType>> DecodeProfileTypes(std::string_view message) {
  std::vector<ProfileType> types;
  PMCP_TRY_VOID(ReadAnswer("ProfileTypes", [&](WireReader& reader) {
    pbf_reader fields(message.data(), message.size());
    while (reader.Next(fields)) {
      if (fields.tag() == 1) {
        ReadProfileType(reader.Message(fields, "profile_types"), reader, types);
      } else {
        fields.skip();
      }
    }
  }));
  return types;
}

Result<std::vector<std::string>> DecodeNames(std::string_view endpoint,
                                             std::string_view message) {
  std::vector<std::string> names;
  PMCP_TRY_VOID(ReadAnswer(endpoint, [&](WireReader& reader) {
    pbf_reader fields(message.data(), message.size());
    while (reader.Next(fields)) {
      if (fields.tag() != 1) {
        fields.skip();
      } else if (reader.Charge(sizeof(std::string))) {
        names.push_back(reader.Text(fields, "names"));
      }
    }
  }));
  return names;
}

Result<std::vector<Labels>> DecodeLabelSets(std::string_view message) {
  std::vector<Labels> sets;
  PMCP_TRY_VOID(ReadAnswer("Series", [&](WireReader& reader) {
    pbf_reader fields(message.data(), message.size());
    while (reader.Next(fields)) {
      if (fields.tag() != 2) {
        fields.skip();
      } else if (reader.Charge(sizeof(Labels))) {
        sets.push_back(
            ReadLabels(reader.Message(fields, "labels_set"), reader));
      }
    }
  }));
  return sets;
}

Result<ProfileStats> DecodeProfileStats(std::string_view message) {
  ProfileStats stats;
  PMCP_TRY_VOID(ReadAnswer("GetProfileStats", [&](WireReader& reader) {
    pbf_reader fields(message.data(), message.size());
    while (reader.Next(fields)) {
      switch (fields.tag()) {
        case 1:
          stats.data_ingested = reader.Number(fields, "data_ingested") != 0;
          break;
        case 2:
          stats.oldest_ms = reader.Signed(fields, "oldest_profile_time");
          break;
        case 3:
          stats.newest_ms = reader.Signed(fields, "newest_profile_time");
          break;
        default:
          fields.skip();
      }
    }
  }));
  return stats;
}

}  // namespace pmcp::pyroscope
