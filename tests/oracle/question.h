// Question: one recorded question and the answer of a real Pyroscope.
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
  /// Whether the client declared that it understands label names like
  /// "k8s.pod".
  bool wants_utf8_labels = false;
  bool was_refused = false;
  nlohmann::json response;     // not recorded if it is a pprof profile
  std::string response_bytes;  // as protobuf
};

/// All recorded questions, sorted by name.
std::vector<Question> LoadQuestions();

/// Whether the answer is a pprof profile.
bool WantsProfile(const Question& question);

/// An int64 in protobuf's JSON: a string, a number, or missing for 0.
std::int64_t Int64(const nlohmann::json& object, const char* key);
std::vector<std::string> Strings(const nlohmann::json& object, const char* key);

}  // namespace pmcp::oracle
