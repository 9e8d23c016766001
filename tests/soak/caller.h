// Caller: one client that asks without a pause, through the server's own door,
// and judges every answer.
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

/// What callers saw; sums over callers by Add.
struct CallerReport {
  std::size_t calls = 0;
  std::size_t steady = 0;     // of them, about steady files
  std::size_t cancelled = 0;  // of them, taken back at once
  std::size_t refused = 0;    // of them, answered by an explained error
  std::chrono::microseconds slowest{0};
  std::map<std::string, std::size_t> problems;

  void Add(const CallerReport& other);
};

/// Questions, and the answers to the steady ones.
struct Expectations {
  std::vector<Question> questions;
  std::vector<nlohmann::json> answers;  // null where the question is not steady
};

/// The answers while nothing changes.
Expectations Expect(server::Server& server, std::vector<Question> questions);

/// Asks until it is told to stop. Each thread runs one.
CallerReport AskUntil(const std::stop_token& stop, server::Server& server,
                      const Expectations& expected, std::uint64_t seed);

}  // namespace pmcp::test
