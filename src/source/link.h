// Link: where a person can look at the profiles that an answer is about.
#pragma once

#include <string>

namespace pmcp::source {

/// An address for people, made of configuration and the question alone.
struct Link {
  std::string name;  // "Profiles Drilldown"
  std::string url;
};

}  // namespace pmcp::source
