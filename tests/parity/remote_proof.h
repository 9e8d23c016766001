// RemoteProof: the recorded results of the lane `remote` (tests/remote/same):
// which tools answer through which servers as they do for the folder.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace pmcp::parity {

class RemoteProof {
 public:
  /// Reads tests/remote/same.
  RemoteProof();

  /// "same answers on 6 of 6 routes; on 4 of 5 old servers, else refused".
  std::string Of(std::span<const std::string_view> tools) const;

 private:
  struct Routes {
    int all = 0;
    std::map<std::string, int> same;  // by tool
  };
  std::string CountsOf(const Routes& routes,
                       std::span<const std::string_view> tools) const;

  Routes today_;
  Routes old_;
};

}  // namespace pmcp::parity
