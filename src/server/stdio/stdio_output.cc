#include "server/stdio/stdio_output.h"

#include <optional>
#include <string>
#include <utility>

namespace pmcp::server {

ReplyOnce StdioOutput::NewReply(const std::shared_ptr<StdioOutput>& self) {
  {
    const std::lock_guard lock(self->mutex_);
    ++self->due_;
  }
  return ReplyOnce(
      {.notify = [self](std::string m) { self->writer_.Write(std::move(m)); },
       .finish =
           [self](std::optional<Reply> answer) {
             if (answer) self->writer_.Write(std::move(answer->text));
             self->OneLess();
           }});
}

bool StdioOutput::WaitUntilIdle(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, time, [this] { return due_ == 0; });
}

void StdioOutput::OneLess() {
  const std::lock_guard lock(mutex_);
  --due_;
  idle_.notify_all();
}

}  // namespace pmcp::server
