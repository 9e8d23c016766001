#include "tests/support/push_folder.h"

#include <fmt/core.h>

#include <protozero/pbf_reader.hpp>

namespace pmcp::test {
namespace {

using protozero::pbf_reader;

std::string TextOf(pbf_reader& reader) { return reader.get_string(); }

void ReadLabel(pbf_reader reader, nlohmann::json& labels) {
  std::string name;
  std::string value;
  while (reader.next()) {
    if (reader.tag() == 1) {
      name = TextOf(reader);
    } else if (reader.tag() == 2) {
      value = TextOf(reader);
    } else {
      reader.skip();
    }
  }
  labels[name] = value;
}

std::string ReadSample(pbf_reader reader) {
  std::string profile;
  while (reader.next()) {
    if (reader.tag() == 1) {
      profile = TextOf(reader);
    } else {
      reader.skip();
    }
  }
  return profile;
}

}  // namespace

void PushFolder::IgnoreAfter(std::size_t profiles) {
  const std::lock_guard lock(mutex_);
  most_ = profiles;
}

bool PushFolder::Take(std::string_view message) {
  const std::lock_guard lock(mutex_);
  pbf_reader reader(message.data(), message.size());
  bool any = false;
  while (reader.next()) {
    if (reader.tag() != 1) {
      reader.skip();
      continue;
    }
    const auto series = reader.get_view();
    any = TakeSeries({series.data(), series.size()}) || any;
  }
  folder_.Write("labels.json", rules_.dump());
  return any;
}

bool PushFolder::TakeSeries(std::string_view message) {
  pbf_reader reader(message.data(), message.size());
  nlohmann::json labels = nlohmann::json::object();
  std::string profile;
  while (reader.next()) {
    if (reader.tag() == 1) {
      ReadLabel(reader.get_message(), labels);
    } else if (reader.tag() == 2) {
      profile = ReadSample(reader.get_message());
    } else {
      reader.skip();
    }
  }
  if (!labels.contains("service_name")) labels["service_name"] = "";
  if (profile.empty()) return false;
  if (taken_ >= most_) return true;
  const std::string name = fmt::format("pushed-{:06}.pb.gz", taken_++);
  rules_[name] = std::move(labels);
  folder_.Write(name, profile);
  return true;
}

}  // namespace pmcp::test
