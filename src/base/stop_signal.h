// StopSignal: lets poll() wait for SIGTERM and SIGINT.
//
// During its lifetime the first of these signals makes fd() readable
// permanently; a second one ends the process, which is the default action.
// SIGPIPE is ignored. A process has at most one StopSignal at a time.
#pragma once

#include <signal.h>

#include "base/file_descriptor.h"

namespace pmcp {

class StopSignal {
 public:
  StopSignal();
  ~StopSignal();

  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  int fd() const { return read_end_.get(); }
  bool IsRaised() const;

 private:
  void Catch();

  FileDescriptor read_end_;
  FileDescriptor write_end_;
  struct sigaction old_term_ {};
  struct sigaction old_int_ {};
  struct sigaction old_pipe_ {};
};

}  // namespace pmcp
