// StopSignal: makes SIGTERM and SIGINT something that poll() can wait for.
//
// While it lives, the first of these signals makes fd() readable, for good; a
// second one ends the process at once, as it would without this. SIGPIPE is
// ignored meanwhile. One at a time in a process.
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
