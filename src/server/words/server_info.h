// ServerInfo: the name and version of the product, as its clients see them. The
// library itself knows no product.
#pragma once

#include <string>

namespace pmcp::server {

struct ServerInfo {
  std::string name;         // "toy-server"
  std::string title;        // "Toy server", a display name
  std::string version;      // "1.2.3"
  std::string meta_prefix;  // "io.github.example", prefix of own _meta keys
  std::string website_url;
  std::string instructions;  // tells a model how to use the tools, under 2 KB
};

}  // namespace pmcp::server
