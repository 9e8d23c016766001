// The name of the product and its instructions for the model.
#pragma once

#include "server/words/server_info.h"

namespace pmcp::app {

server::ServerInfo Product();

}  // namespace pmcp::app
