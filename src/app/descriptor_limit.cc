#include "app/descriptor_limit.h"

#include <sys/resource.h>

#include <algorithm>

namespace pmcp::app {

std::size_t RaiseDescriptorLimit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  if (limit.rlim_cur >= wanted) return limit.rlim_cur;
  rlimit raised = limit;
  raised.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
  const bool is_raised = ::setrlimit(RLIMIT_NOFILE, &raised) == 0;
  return is_raised ? raised.rlim_cur : limit.rlim_cur;
}

}  // namespace pmcp::app
