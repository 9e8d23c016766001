#include "tests/support/in_process_peer.h"

#include <chrono>
#include <utility>

namespace pmcp::test {
namespace {

constexpr std::chrono::seconds kDrain{1};

}  // namespace

InProcessPeer::InProcessPeer(server::Server& server)
    : server_(server), session_(std::make_shared<server::Session>()) {
  session_->SetOutbox([this](std::string m) { Push(std::move(m)); });
}

InProcessPeer::~InProcessPeer() {
  session_->SetOutbox({});
  session_->CancelAll();
  WaitUntilIdle();
}

void InProcessPeer::Send(const std::string& message) {
  {
    const std::lock_guard lock(mutex_);
    ++due_;
  }
  server_.Handle(server::jsonrpc::Parse(message), session_,
                 server::ReplyOnce(
                     {.notify = [this](std::string m) { Push(std::move(m)); },
                      .finish =
                          [this](std::optional<server::Reply> answer) {
                            if (answer) Push(std::move(answer->text));
                            const std::lock_guard lock(mutex_);
                            --due_;
                            changed_.notify_all();
                          }}));
}

std::optional<std::string> InProcessPeer::Receive() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kPatience,
                    [this] { return !received_.empty() || due_ == 0; });
  if (received_.empty()) return std::nullopt;
  std::string message = std::move(received_.front());
  received_.pop_front();
  return message;
}

void InProcessPeer::CloseInput() {
  session_->EndListens();
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kDrain, [this] { return due_ == 0; });
  }
  session_->CancelAll();
  WaitUntilIdle();
}

bool InProcessPeer::WaitUntilIdle(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [this] { return due_ == 0; });
}

void InProcessPeer::Push(std::string message) {
  const std::lock_guard lock(mutex_);
  received_.push_back(std::move(message));
  changed_.notify_all();
}

}  // namespace pmcp::test
