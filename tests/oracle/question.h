// Question: one recorded question and what a real Pyroscope answered.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pmcp::oracle {

/// tests/oracle/data.
std::filesystem::path DataFolder();

struct Question {
  std::string name;    // "flame-basic"
  std::string method;  // "SelectMergeStacktraces"
  nlohmann::json request;
  /// The client declared that it understands label names like "k8s.pod".
  bool wants_utf8_labels = false;
  bool was_refused = false;
  nlohmann::json response;     // not recorded where it would be a pprof profile
  std::string response_bytes;  // the same as protobuf
};

/// All that were recorded, by name.
std::vector<Question> LoadQuestions();

/// The answer is a pprof profile.
bool WantsProfile(const Question& question);

/// An int64 as protobuf's JSON has it: a string, a number, or left out for 0.
std::int64_t Int64(const nlohmann::json& object, const char* key);
std::vector<std::string> Strings(const nlohmann::json& object, const char* key);

}  // namespace pmcp::oracle
