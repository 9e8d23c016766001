// ServerInfo: what the product is called. server/ itself knows no product.
#pragma once

#include <string>

namespace pmcp::server {

struct ServerInfo {
  std::string name;         // "toy-server"
  std::string title;        // "Toy server", for people
  std::string version;      // "1.2.3"
  std::string meta_prefix;  // "io.github.example", before our _meta keys
  std::string website_url;
  std::string instructions;  // how a model works with these tools, under 2 KB
};

}  // namespace pmcp::server
