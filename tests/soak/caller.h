// Caller: one client that asks questions without a pause through
// Server::Handle, and checks every answer.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "server/core/server.h"
#include "tests/soak/question.h"
#include "tests/support/in_process_peer.h"
#include "tests/support/random.h"

namespace pmcp::test {

/// The results of callers; Add sums them up.
struct CallerReport {
  std::size_t calls = 0;
  std::size_t steady = 0;     // of these, about steady files
  std::size_t cancelled = 0;  // of these, cancelled at once
  std::size_t refused = 0;    // of these, answered by an expected error
  std::chrono::microseconds slowest{0};
  std::map<std::string, std::size_t> problems;

  void Add(const CallerReport& other);
};

/// Questions, and the answers to those about steady files.
struct Expectations {
  std::vector<Question> questions;
  std::vector<nlohmann::json> answers;  // null for questions about other files
};

/// The answers while no file changes.
Expectations Expect(server::Server& server, std::vector<Question> questions);

/// Asks until it is stopped. Each thread runs one caller.
CallerReport AskUntil(const std::stop_token& stop, server::Server& server,
                      const Expectations& expected, std::uint64_t seed);

}  // namespace pmcp::test
