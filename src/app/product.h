// What this product is called and tells a model about itself.
#pragma once

#include "server/words/server_info.h"

namespace pmcp::app {

server::ServerInfo Product();

}  // namespace pmcp::app
