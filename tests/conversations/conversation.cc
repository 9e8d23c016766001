#include "tests/conversations/conversation.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "tests/conversations/json_match.h"
#include "tests/conversations/message_rules.h"

namespace pmcp::test {
namespace {

using nlohmann::json;

/// Expands `{{65 x [}}` to 65 times "[", for texts too long for a file.
std::string Expand(std::string_view text) {
  constexpr std::string_view kTimes = " x ";
  std::string expanded;
  while (true) {
    const std::size_t begin = text.find("{{");
    const std::size_t times = text.find(kTimes, begin);
    const std::size_t end = text.find("}}", times);
    if (begin == std::string_view::npos || times == std::string_view::npos ||
        end == std::string_view::npos) {
      return expanded.append(text);
    }
    expanded += text.substr(0, begin);
    const int count = std::atoi(text.data() + begin + 2);
    const std::size_t piece = times + kTimes.size();
    for (int i = 0; i < count; ++i) {
      expanded += text.substr(piece, end - piece);
    }
    text.remove_prefix(end + 2);
  }
}

std::optional<Step> ParseStep(const std::string& line, int number) {
  using Kind = Step::Kind;
  constexpr std::pair<std::string_view, Kind> kPrefixes[] = {
      {"> ", Kind::kSend}, {"< ", Kind::kExpect}, {"<? ", Kind::kExpectAny}};
  if (line == ">end") return Step{Kind::kCloseInput, "", number};
  for (const auto& [prefix, kind] : kPrefixes) {
    if (!line.starts_with(prefix)) continue;
    return Step{kind, Expand(std::string_view(line).substr(prefix.size())),
                number};
  }
  return std::nullopt;
}

/// Expected messages are JSON; sent messages may be any text.
bool IsWellFormed(const Step& step) {
  return step.kind == Step::Kind::kSend ||
         step.kind == Step::Kind::kCloseInput || json::accept(step.text);
}

/// Plays one conversation.
class Player {
 public:
  explicit Player(Peer& peer) : peer_(peer) {}

  /// The first mismatch, or "".
  std::string Do(const Step& step) {
    if (step.kind == Step::Kind::kExpectAny) {
      expected_.push_back(step);
      return "";
    }
    if (auto problem = ReceiveExpected(); !problem.empty()) return problem;
    switch (step.kind) {
      case Step::Kind::kSend:
        rules_.OnSent(step.text);
        peer_.Send(step.text);
        return "";
      case Step::Kind::kExpect:
        expected_.push_back(step);
        return ReceiveExpected();
      default:
        closed_ = true;
        peer_.CloseInput();
        return "";
    }
  }

  std::string End() {
    if (auto problem = ReceiveExpected(); !problem.empty()) return problem;
    if (!closed_) peer_.CloseInput();
    if (const auto message = peer_.Receive()) {
      return "a message that nobody expects: " + *message;
    }
    return peer_.HowItEnded();
  }

 private:
  /// Receives one message for each expected one, in any order.
  std::string ReceiveExpected() {
    while (!expected_.empty()) {
      const auto text = peer_.Receive();
      if (!text) {
        return fmt::format("line {}: this never came: {}",
                           expected_.front().line, expected_.front().text);
      }
      const json message = json::parse(*text, nullptr, false);
      if (message.is_discarded()) return "not JSON: " + *text;
      if (auto broken = rules_.Check(message); !broken.empty()) {
        return fmt::format("{}: {}", broken, *text);
      }
      const auto match = std::ranges::find_if(expected_, [&](const Step& step) {
        return Matches(json::parse(step.text), message);
      });
      if (match == expected_.end()) {
        return fmt::format("line {}:\nexpected {}\nreceived {}",
                           expected_.front().line, expected_.front().text,
                           *text);
      }
      expected_.erase(match);
    }
    return "";
  }

  Peer& peer_;
  MessageRules rules_;
  std::vector<Step> expected_;
  bool closed_ = false;
};

}  // namespace

ParsedConversation ParseConversation(const std::string& text) {
  ParsedConversation parsed;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (number == 1) {
      if (!line.starts_with("# ")) parsed.problem = "line 1 must say why: # …";
      parsed.conversation.why = line;
    }
    if (line.empty() || line.starts_with('#')) continue;
    const auto step = ParseStep(line, number);
    if (!step) {
      parsed.problem = fmt::format("line {} is none of > < <? #", number);
    } else if (!IsWellFormed(*step)) {
      parsed.problem = fmt::format("line {} is not JSON", number);
    } else {
      parsed.conversation.steps.push_back(*step);
    }
  }
  if (parsed.conversation.steps.empty()) parsed.problem = "it says nothing";
  return parsed;
}

std::string Play(const Conversation& conversation, Peer& peer) {
  Player player(peer);
  for (const Step& step : conversation.steps) {
    if (auto problem = player.Do(step); !problem.empty()) return problem;
  }
  return player.End();
}

}  // namespace pmcp::test
