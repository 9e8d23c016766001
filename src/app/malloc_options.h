// What is asked of malloc, so that memory which is free again goes back to the
// system: --store-memory promises a bound that people can see.
#pragma once

namespace pmcp::app {

/// Before the first thread. Without effect where malloc is not glibc's.
void BoundFreedMemory();

}  // namespace pmcp::app
