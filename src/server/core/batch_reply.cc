#include "server/core/batch_reply.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace pmcp::server {
namespace {

/// The array of the answers so far.
class Collector {
 public:
  Collector(ReplyOnce whole, std::size_t count)
      : whole_(std::move(whole)), missing_(count) {}

  void Notify(std::string message) { whole_.Notify(std::move(message)); }

  void CloseStream() { whole_.CloseStream(); }

  void Add(const std::optional<Reply>& answer) {
    const std::lock_guard lock(mutex_);
    if (answer) {
      array_ += array_.empty() ? '[' : ',';
      array_ += answer->text;
    }
    if (--missing_ > 0) return;
    if (array_.empty()) {
      whole_.Nothing();
    } else {
      whole_.Send({.text = array_ + ']'});
    }
  }

 private:
  ReplyOnce whole_;
  std::mutex mutex_;
  std::size_t missing_;
  std::string array_;
};

}  // namespace

std::vector<ReplyOnce> SplitReply(const ReplyOnce& whole, std::size_t count) {
  // Shared by the parts; destroyed after the last one is answered.
  const auto collector = std::make_shared<Collector>(whole, count);
  std::vector<ReplyOnce> parts;
  parts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    parts.emplace_back(ReplyOnce::Sink{
        .notify =
            [collector](std::string m) { collector->Notify(std::move(m)); },
        .finish =
            [collector](const std::optional<Reply>& answer) {
              collector->Add(answer);
            },
        .close_stream = [collector] { collector->CloseStream(); }});
  }
  return parts;
}

}  // namespace pmcp::server
