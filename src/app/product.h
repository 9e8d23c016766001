// What this product is called and tells a model about itself.
#pragma once

#include "server/server_info.h"

namespace pmcp::app {

server::ServerInfo Product();

}  // namespace pmcp::app
